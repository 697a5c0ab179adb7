namespace PipelineService.Orchestration;

/// <summary>SQL of the items that have been sent and have not ended. What has been sent lies before what waits, so that reading the open items of a queue ends with the last of them.</summary>
internal static class InFlight
{
    /// <summary>Of all queues.</summary>
    public static string All { get; } = $"(select i.* from pipeline.dispatch_queues q cross join lateral ({Of("q")}) i where q.in_flight > 0) i";

    /// <param name="queue">Alias of a row of <c>dispatch_queues</c>.</param>
    public static string Of(string queue) =>
        $"""
        select * from pipeline.items
        where pipeline_id = {queue}.pipeline_id and lane = {queue}.lane and open and status in ('dispatched', 'running')
        order by priority, ordinal, id limit {queue}.in_flight
        """;
}
