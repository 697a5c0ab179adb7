using System.Data.Common;
using Npgsql;

namespace PipelineService.Progress;

/// <summary>Reads feeds from the database. Numbers are given in the order of commits, so nothing ever appears before what was read.</summary>
internal sealed class FeedStore(NpgsqlDataSource database)
{
    private const string NewestOfPipelines = "select tenant_id, id, last_event from pipeline.pipelines where id = any($1)";
    private const string NewestOfTenants = "select tenant_id, last_number from pipeline.tenant_feeds where tenant_id = any($1)";

    // Rows that hold what comes behind the number, as many as it takes; of the first of them only the end may be new.
    private const string OfPipelines =
        """
        select feed.place, e.last_number, e.count, e.at, e.events
        from unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[]) as feed (place, tenant_id, pipeline_id, after)
        cross join lateral (
            select *, sum(least(count, last_number - feed.after)) over (order by last_number) - least(count, last_number - feed.after) as ahead
            from (select last_number, count, at, events from pipeline.event_batches
                where tenant_id = feed.tenant_id and pipeline_id = feed.pipeline_id and last_number > feed.after
                order by pipeline_id, last_number limit $5) b) e
        where e.ahead < $5
        order by feed.place, e.last_number
        """;

    private const string OfTenants =
        """
        select feed.place, e.last_tenant_number, e.count, e.at, e.events
        from unnest($1::int[], $2::bigint[], $3::bigint[]) as feed (place, tenant_id, after)
        cross join lateral (
            select *, sum(least(count, last_tenant_number - feed.after)) over (order by last_tenant_number) - least(count, last_tenant_number - feed.after) as ahead
            from (select last_tenant_number, count, at, events from pipeline.event_batches
                where tenant_id = feed.tenant_id and last_tenant_number > feed.after
                order by tenant_id, last_tenant_number limit $4) b) e
        where e.ahead < $4
        order by feed.place, e.last_tenant_number
        """;

    /// <summary>Whether this is about the way to the database, and may work later.</summary>
    public static bool IsAway(Exception exception) => exception is DbException or TimeoutException;

    /// <summary>Number of the newest event, 0 before the first; null when the tenant has no such pipeline.</summary>
    public async Task<long?> NewestAsync(FeedKey key, CancellationToken cancellationToken)
    {
        var found = await NewestOfAsync([key], cancellationToken);
        var known = found.Where(feed => feed.Key == key).Select(feed => (long?)feed.Number).SingleOrDefault();
        return known ?? (key.PipelineId is null ? 0 : null);
    }

    /// <summary>Events behind a number, oldest first.</summary>
    public async Task<IReadOnlyList<FeedEvent>> ReadAsync(FeedKey key, long after, int limit, CancellationToken cancellationToken) =>
        (await ReadManyAsync([(key, after)], limit, cancellationToken))[0];

    /// <summary>Of each feed the events behind its number, oldest first, so many at most; all in one exchange.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<FeedEvent>>> ReadManyAsync(IReadOnlyList<(FeedKey Key, long After)> feeds, int limit, CancellationToken cancellationToken)
    {
        var pipelines = Places(feeds, key => key.PipelineId is not null);
        var tenants = Places(feeds, key => key.PipelineId is null);
        await using var batch = database.CreateBatch();
        if (pipelines.Length > 0)
        {
            batch.BatchCommands.Add(Command(
                OfPipelines, pipelines, Of(pipelines, feeds, feed => feed.Key.TenantId), Of(pipelines, feeds, feed => feed.Key.PipelineId!.Value), Of(pipelines, feeds, feed => feed.After), limit));
        }

        if (tenants.Length > 0)
        {
            batch.BatchCommands.Add(Command(OfTenants, tenants, Of(tenants, feeds, feed => feed.Key.TenantId), Of(tenants, feeds, feed => feed.After), limit));
        }

        var pages = feeds.Select(_ => new List<FeedEvent>()).ToArray();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var place = reader.GetInt32(0);
                var events = FeedEvent.Of(reader.GetInt64(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetFieldValue<byte[]>(4));
                pages[place].AddRange(events.Where(progress => progress.Number > feeds[place].After).Take(limit - pages[place].Count));
            }
        }
        while (await reader.NextResultAsync(cancellationToken));

        return pages;
    }

    /// <summary>The newest numbers of many feeds in one exchange.</summary>
    public async Task<IReadOnlyList<(FeedKey Key, long Number)>> NewestOfAsync(IReadOnlyList<FeedKey> keys, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(NewestOfPipelines, keys.Select(key => key.PipelineId).OfType<long>().ToArray()));
        batch.BatchCommands.Add(Command(NewestOfTenants, keys.Where(key => key.PipelineId is null).Select(key => key.TenantId).ToArray()));
        var newest = new List<(FeedKey, long)>();
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            newest.Add((new FeedKey(reader.GetInt64(0), reader.GetInt64(1)), reader.GetInt64(2)));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            newest.Add((new FeedKey(reader.GetInt64(0), null), reader.GetInt64(1)));
        }

        return newest;
    }

    private static int[] Places(IReadOnlyList<(FeedKey Key, long After)> feeds, Func<FeedKey, bool> wanted) =>
        [.. Enumerable.Range(0, feeds.Count).Where(place => wanted(feeds[place].Key))];

    private static long[] Of(int[] places, IReadOnlyList<(FeedKey Key, long After)> feeds, Func<(FeedKey Key, long After), long> value) =>
        [.. places.Select(place => value(feeds[place]))];

    private static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        return command;
    }
}
