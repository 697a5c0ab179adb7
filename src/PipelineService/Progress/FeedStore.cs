using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;

namespace PipelineService.Progress;

/// <summary>Reads feeds from the database, each time in a context of its own.</summary>
internal sealed class FeedStore(IServiceScopeFactory scopes)
{
    /// <summary>Number of the newest event, 0 before the first; null when the tenant has no such pipeline.</summary>
    public Task<long?> NewestAsync(FeedKey key, CancellationToken cancellationToken) => WithDatabaseAsync(async db => key.PipelineId is { } id
        ? await db.Pipelines
            .Where(pipeline => pipeline.TenantId == key.TenantId && pipeline.Id == id)
            .Select(pipeline => (long?)pipeline.LastEvent)
            .SingleOrDefaultAsync(cancellationToken)
        : await db.Set<TenantFeed>()
            .Where(feed => feed.TenantId == key.TenantId)
            .Select(feed => (long?)feed.LastNumber)
            .SingleOrDefaultAsync(cancellationToken) ?? 0);

    /// <summary>Events behind a number, oldest first. Numbers are given in the order of commits, so nothing ever appears before what was read.</summary>
    public Task<IReadOnlyList<FeedEvent>> ReadAsync(FeedKey key, long after, int limit, CancellationToken cancellationToken) =>
        WithDatabaseAsync<IReadOnlyList<FeedEvent>>(async db =>
        {
            var events = db.Events.AsNoTracking().Where(progress => progress.TenantId == key.TenantId);
            events = key.PipelineId is { } id
                ? events.Where(progress => progress.PipelineId == id && progress.Number > after).OrderBy(progress => progress.Number)
                : events.Where(progress => progress.TenantNumber > after).OrderBy(progress => progress.TenantNumber);
            var rows = await events.Take(limit).ToListAsync(cancellationToken);
            return [.. rows.Select(row => FeedEvent.From(key, row))];
        });

    /// <summary>The newest numbers of many feeds in two reads.</summary>
    public Task<IReadOnlyList<(FeedKey Key, long Number)>> NewestOfAsync(IReadOnlyList<FeedKey> keys, CancellationToken cancellationToken) =>
        WithDatabaseAsync<IReadOnlyList<(FeedKey, long)>>(async db =>
        {
            var pipelineIds = keys.Select(key => key.PipelineId).OfType<long>().ToArray();
            var tenantIds = keys.Where(key => key.PipelineId is null).Select(key => key.TenantId).ToArray();
            var pipelines = pipelineIds.Length == 0 ? [] : await db.Pipelines
                .Where(pipeline => pipelineIds.Contains(pipeline.Id))
                .Select(pipeline => new { pipeline.TenantId, pipeline.Id, pipeline.LastEvent })
                .ToListAsync(cancellationToken);
            var tenants = tenantIds.Length == 0 ? [] : await db.Set<TenantFeed>().AsNoTracking()
                .Where(feed => tenantIds.Contains(feed.TenantId))
                .ToListAsync(cancellationToken);
            return
            [
                .. pipelines.Select(pipeline => (new FeedKey(pipeline.TenantId, pipeline.Id), pipeline.LastEvent)),
                .. tenants.Select(feed => (new FeedKey(feed.TenantId, null), feed.LastNumber)),
            ];
        });

    private async Task<T> WithDatabaseAsync<T>(Func<PipelineDbContext, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<PipelineDbContext>());
    }
}
