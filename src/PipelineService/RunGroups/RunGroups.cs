using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Pipelines;
using PipelineService.Pipelines.Drafts;
using PipelineService.Storage;

namespace PipelineService.RunGroups;

/// <summary>
/// Creates pipelines together and starts them. All are checked and priced before one is stored, and they are stored in one transaction. Starting is a
/// step of its own that can be repeated: a caller who heard no answer sends the same group again.
/// </summary>
internal sealed class RunGroups(PipelineDbContext db, DraftIntake intake, PipelineCreation creation, PipelineCommands commands, PipelineReading reading, IOptions<PipelineLimits> limits)
{
    private static readonly string[] Fields = ["run_group_id", "pipelines", "run", "max_cost_usd"];

    /// <returns>The ids of the group's pipelines, or why there are none.</returns>
    public async Task<(IReadOnlyList<long>? Ids, CommandResult? Problem)> CreateAsync(long tenantId, Guid group, RunGroupRequest request, CancellationToken cancellationToken)
    {
        if (await IdsAsync(tenantId, group, cancellationToken) is { Count: > 0 } there)
        {
            return (there, null);
        }

        var (drafts, faults) = await PrepareAsync(tenantId, group, request, cancellationToken);
        if (faults.Any)
        {
            return (null, new CommandResult.Invalid(faults.ToDictionary()));
        }

        var total = drafts.Sum(draft => draft.Quote.Total);
        return total > request.MaxCostUsd
            ? (null, new CommandResult.QuoteChanged(total, total, request.MaxCostUsd.Value))
            : await StoreAsync(tenantId, group, drafts, cancellationToken);
    }

    /// <summary>Starts what has not started. Ends at the first that cannot start; what runs goes on.</summary>
    public async Task<CommandResult?> StartAsync(long tenantId, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            if (await reading.RowAsync(tenantId, id, cancellationToken) is { Status: PipelineStatus.Pending }
                && await commands.RunAsync(tenantId, id, null, cancellationToken) is var result and not CommandResult.Done)
            {
                return result;
            }
        }

        return null;
    }

    public async Task<RunGroupView> ViewAsync(long tenantId, Guid group, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var views = new List<PipelineView>(ids.Count);
        foreach (var id in ids)
        {
            if (await reading.FindAsync(tenantId, id, cancellationToken) is { } view)
            {
                views.Add(view);
            }
        }

        return new RunGroupView(group, views.Sum(view => view.CostEstimate), Money.Currency, views);
    }

    private async Task<(List<PricedDraft> Drafts, Faults Faults)> PrepareAsync(long tenantId, Guid group, RunGroupRequest request, CancellationToken cancellationToken)
    {
        var faults = new Faults();
        var drafts = new List<PricedDraft>();
        faults.Unknown(string.Empty, request.Unknown, Fields);
        if (request.MaxCostUsd < 0)
        {
            faults.Add("/max_cost_usd", "Use US dollars of 0 or more, or leave it out.");
        }

        var asked = request.Pipelines ?? [];
        if (asked.Count == 0 || asked.Count > limits.Value.MaxPipelinesPerGroup)
        {
            faults.Add("/pipelines", $"There are {asked.Count:N0} pipelines. Give 1 to {limits.Value.MaxPipelinesPerGroup}.");
            return (drafts, faults);
        }

        // What is free to find out comes first, so that a fault of the last leaves no fetched picture of the first behind.
        foreach (var fetch in new[] { false, true })
        {
            drafts.Clear();
            for (var index = 0; index < asked.Count && !(fetch && faults.Any); index++)
            {
                var pipeline = (asked[index] ?? new PipelineRequest()) with { RunGroupId = group };
                var (draft, found) = fetch
                    ? await intake.PrepareAsync(tenantId, pipeline, KnownImages.None, cancellationToken)
                    : await intake.PriceAsync(tenantId, pipeline, cancellationToken);
                foreach (var (pointer, messages) in found ?? [])
                {
                    foreach (var message in messages)
                    {
                        faults.Add($"/pipelines/{index}{pointer}", message);
                    }
                }

                if (draft is not null)
                {
                    drafts.Add(draft);
                }
            }
        }

        return (drafts, faults);
    }

    private async Task<(IReadOnlyList<long>? Ids, CommandResult? Problem)> StoreAsync(long tenantId, Guid group, List<PricedDraft> drafts, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two requests of one name: the second finds what the first has made.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"{tenantId}:{group}"}, 0))", cancellationToken);
        if (await IdsAsync(tenantId, group, cancellationToken) is { Count: > 0 } there)
        {
            return (there, null);
        }

        var ids = new List<long>(drafts.Count);
        for (var index = 0; index < drafts.Count; index++)
        {
            if (await creation.AddAsync(tenantId, drafts[index], cancellationToken) is not { } added)
            {
                return (null, new CommandResult.Invalid($"/pipelines/{index}/inputs/images", "An image was deleted meanwhile. Choose another one."));
            }

            ids.Add(added.Pipeline.Id);
        }

        await transaction.CommitAsync(cancellationToken);
        return (ids, null);
    }

    private Task<List<long>> IdsAsync(long tenantId, Guid group, CancellationToken cancellationToken) =>
        db.Pipelines.Where(pipeline => pipeline.TenantId == tenantId && pipeline.RunGroupId == group).OrderBy(pipeline => pipeline.Id).Select(pipeline => pipeline.Id).ToListAsync(cancellationToken);
}
