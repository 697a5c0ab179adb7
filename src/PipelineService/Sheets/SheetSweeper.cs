using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Orchestration;
using PipelineService.Storage;

namespace PipelineService.Sheets;

/// <summary>Deletes sheets that were loaded long ago; what was made of them stays. Any number of processes may run it.</summary>
internal sealed class SheetSweeper(IServiceScopeFactory scopes, IOptions<SheetsOptions> options, TimeProvider time, ILogger<SheetSweeper> logger)
    : PeriodicWork(options.Value.SweepEvery, time, logger)
{
    private const int AtOnce = 500;

    protected override Task RunOnceAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    /// <returns>How many were deleted.</returns>
    internal async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        if (options.Value.KeepFor == TimeSpan.Zero)
        {
            return 0;
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        var before = Now - options.Value.KeepFor;
        for (var deleted = 0; ;)
        {
            // While a run of it has not ended, somebody still waits for it to be given back.
            var part = await db.Database.ExecuteSqlAsync(
                $"""
                delete from pipeline.sheets s using (
                    select old.tenant_id, old.id from pipeline.sheets old
                    where old.created_at < {before} and (old.run_group_id is null or not exists (
                        select 1 from pipeline.pipelines p
                        where p.tenant_id = old.tenant_id and p.run_group_id = old.run_group_id and p.status in ('pending', 'running', 'paused')))
                    order by old.tenant_id, old.id limit {AtOnce}) done
                where s.tenant_id = done.tenant_id and s.id = done.id
                """,
                cancellationToken);
            deleted += part;
            if (part < AtOnce)
            {
                return deleted;
            }
        }
    }
}
