using Xunit;

namespace Gateway.Tests.Support;

/// <summary>One gateway for the tests of a class.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    public GatewayApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await GatewayApp.StartAsync();

    public async Task DisposeAsync() => await App.DisposeAsync();
}
