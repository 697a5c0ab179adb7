namespace System.Tests;

/// <summary>A studio on the demo renderer.</summary>
public sealed class LocalStudio() : StudioFixture(new() { ["Providers__Default"] = "local" })
{
    public const string Name = "local studio";
}

[CollectionDefinition(LocalStudio.Name)]
public sealed class LocalStudioCollection : ICollectionFixture<LocalStudio>;
