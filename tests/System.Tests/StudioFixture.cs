using Testing.Studio;

namespace System.Tests;

/// <summary>A running studio for a class of tests.</summary>
public abstract class StudioFixture(Dictionary<string, string> settings, Dictionary<string, int>? replicas = null) : IAsyncLifetime
{
    public RunningStudio Studio { get; } = new(settings, replicas);

    public Task InitializeAsync() => Studio.StartAsync();

    public virtual async Task DisposeAsync() => await Studio.DisposeAsync();
}
