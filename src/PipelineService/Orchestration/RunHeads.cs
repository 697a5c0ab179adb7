using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;

namespace PipelineService.Orchestration;

/// <summary>What of a pipeline goes with every item that is sent, as it stood at the claim.</summary>
/// <param name="BudgetUsd">The pipeline's cap; null for none.</param>
/// <param name="Reuse">Results of identical items are taken instead of being made.</param>
internal sealed record RunHead(long TenantId, long PipelineId, int Version, long Epoch, decimal? BudgetUsd, string? TraceParent, bool Reuse);

/// <summary>The steps of the pipelines that are being sent, read again only when a pipeline's version has moved.</summary>
internal sealed class RunHeads(IServiceScopeFactory scopes)
{
    private const int MostPipelines = 1000;
    private readonly ConcurrentDictionary<long, (int Version, IReadOnlyList<Step> Steps)> _steps = new();

    /// <summary>All steps of a pipeline, in order, at the head's version or a later one.</summary>
    public async ValueTask<IReadOnlyList<Step>> StepsAsync(RunHead run, CancellationToken cancellationToken)
    {
        if (_steps.TryGetValue(run.PipelineId, out var known) && known.Version == run.Version)
        {
            return known.Steps;
        }

        if (_steps.Count >= MostPipelines)
        {
            _steps.Clear();
        }

        await using var scope = scopes.CreateAsyncScope();
        var steps = await scope.ServiceProvider.GetRequiredService<PipelineDbContext>().Steps.AsNoTracking()
            .Where(step => step.PipelineId == run.PipelineId && step.TenantId == run.TenantId).OrderBy(step => step.StepOrder).ToListAsync(cancellationToken);
        _steps[run.PipelineId] = (run.Version, steps);
        return steps;
    }
}
