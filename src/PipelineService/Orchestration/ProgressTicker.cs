using Microsoft.EntityFrameworkCore;
using PipelineService.Storage;
using PipelineService.Waiting;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>
/// Sends the step_progress events that were held back because the last one was too recent: the last state always arrives. A pipeline that somebody works
/// on just now is passed over, because he sends them too.
/// </summary>
internal sealed class ProgressTicker(IServiceScopeFactory scopes, LedgerCommit commit, WaitingMonitor waiting, ModelCatalog catalog, OrchestrationOptions options, TimeProvider time, ILogger<ProgressTicker> logger)
    : PeriodicWork(options.ProgressEvery, time, logger)
{
    private const int MostPipelines = 200;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var before = Now - options.ProgressEvery;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        var due = await db.Steps.Where(step => step.ProgressDue && (step.ProgressAt == null || step.ProgressAt < before))
            .Select(step => step.PipelineId).Distinct().OrderBy(id => id).Take(MostPipelines).ToArrayAsync(cancellationToken);
        if (due.Length == 0)
        {
            return;
        }

        await commit.RunAsync(
            async ledger =>
            {
                foreach (var run in (await RunTransaction.LoadFreeAsync(ledger, due, cancellationToken)).Values)
                {
                    foreach (var step in run.Steps.Where(step => step.ProgressDue))
                    {
                        StepProgressReport.AddIfTime(run, step, options.ProgressEvery, due => Eta.OfStep(due, waiting.Latest, catalog));
                    }
                }

                return true;
            },
            cancellationToken);
    }
}
