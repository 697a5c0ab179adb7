namespace System.Tests;

/// <summary>A studio on the demo renderer. Its clips have six frames a second: they are as long as others, and made in a quarter of the time.</summary>
public sealed class LocalStudio() : StudioFixture(new() { ["Providers__Default"] = "local", ["Providers__Local__FramesPerSecond"] = "6" })
{
    public const string Name = "local studio";
}

[CollectionDefinition(LocalStudio.Name)]
public sealed class LocalStudioCollection : ICollectionFixture<LocalStudio>;
