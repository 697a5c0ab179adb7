namespace System.Tests;

/// <summary>A studio whose providers do nothing for 150 ms an item, with short leases so that a killed worker, and a hold whose settlement came before it, are missed soon.</summary>
public sealed class NoOpStudio() : StudioFixture(new()
{
    ["Providers__Default"] = "no-op",
    ["Providers__NoOp__Latency"] = "00:00:00.150",
    ["Orchestration__DispatchLease"] = "00:00:04",
    ["Orchestration__RunningLease"] = "00:00:03",
    ["Orchestration__ReapEvery"] = "00:00:00.500",
    ["Orchestration__RetryDelay"] = "00:00:00.100",
    ["Worker__AliveFor"] = "00:00:02",
    ["Budgets__AskAfter"] = "00:00:03",
})
{
    public const string Name = "no-op studio";
}

[CollectionDefinition(NoOpStudio.Name)]
public sealed class NoOpStudioCollection : ICollectionFixture<NoOpStudio>;
