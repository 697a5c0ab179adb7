namespace System.Tests;

/// <summary>A studio on the demo renderer. Its clips have two frames a second: they are as long as others, and made in a tenth of the time.</summary>
public sealed class LocalStudio() : StudioFixture(new() { ["Providers__Default"] = "local", ["Providers__Local__FramesPerSecond"] = "2" })
{
    public const string Name = "local studio";

    /// <summary>Another one of the same, for what is looked at beside it.</summary>
    public const string Second = "second local studio";
}

[CollectionDefinition(LocalStudio.Name)]
public sealed class LocalStudioCollection : ICollectionFixture<LocalStudio>;

[CollectionDefinition(LocalStudio.Second)]
public sealed class SecondLocalStudioCollection : ICollectionFixture<LocalStudio>;
