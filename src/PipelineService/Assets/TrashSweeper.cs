using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Orchestration;
using PipelineService.Storage;

namespace PipelineService.Assets;

/// <summary>Really removes what has been in the trash for long enough. What an unfinished pipeline needs waits for a later round.</summary>
internal sealed class TrashSweeper(IServiceScopeFactory scopes, IOptions<AssetsOptions> options, TimeProvider time, ILogger<TrashSweeper> logger)
    : PeriodicWork(options.Value.SweepTrashEvery, time, logger)
{
    private const int AtOnce = 500;

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        var removal = scope.ServiceProvider.GetRequiredService<AssetRemoval>();
        var due = Now - options.Value.TrashFor;
        var (at, after) = (DateTimeOffset.MinValue, 0L);
        while (true)
        {
            var part = await db.Assets
                .Where(asset => asset.DeletedAt != null && asset.DeletedAt <= due && (asset.DeletedAt > at || (asset.DeletedAt == at && asset.Id > after)))
                .OrderBy(asset => asset.DeletedAt).ThenBy(asset => asset.Id).Take(AtOnce)
                .Select(asset => new { asset.TenantId, asset.Id, At = asset.DeletedAt!.Value }).ToListAsync(cancellationToken);
            foreach (var tenant in part.GroupBy(asset => asset.TenantId))
            {
                await removal.PurgeAsync(tenant.Key, [.. tenant.Select(asset => asset.Id)], cancellationToken);
            }

            if (part.Count < AtOnce)
            {
                return;
            }

            (at, after) = (part[^1].At, part[^1].Id);
        }
    }
}
