using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using ServiceDefaults.MassTransitEf;
using Testing;

namespace PipelineService.Tests.Pipelines;

/// <summary>Stands in for the workers: says what became of the items of a step, as their messages would.</summary>
internal static class Work
{
    /// <summary>Ends every item of a step that is there or still comes, until the step has nothing open.</summary>
    /// <param name="fails">Which items fail for good; none unless told.</param>
    /// <param name="lost">Whether the broker loses what the ledger then sends.</param>
    public static async Task DoAsync(this TenantClient tenant, long pipelineId, string stepType, Func<Item, bool>? fails = null, bool lost = false)
    {
        await Eventually.HoldsAsync(async () =>
        {
            var (step, items) = await tenant.Host.WithDatabaseAsync(async db =>
            {
                var step = await db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == pipelineId && row.StepType == stepType);
                return (step, await db.Items.AsNoTracking().Where(item => item.StepId == step.Id && item.Status == ItemStatus.Dispatched).ToListAsync());
            });
            await FinishAsync(tenant.Host, step, items, fails, lost);
            return step is { Open: 0, Status: not StepStatus.Pending };
        });
    }

    /// <summary>The same, with the reason for which each item fails; null where it succeeds.</summary>
    /// <param name="exhausted">As the last of its automatic attempts.</param>
    public static Task DoAsync(this TenantClient tenant, long pipelineId, string stepType, Func<Item, FailureKind?> fate, bool exhausted = false) => Eventually.HoldsAsync(async () =>
    {
        if (exhausted)
        {
            await tenant.Host.WithDatabaseAsync(db => db.Items.Where(item => item.PipelineId == pipelineId).ExecuteUpdateAsync(set => set.SetProperty(item => item.Failures, 100)));
        }

        var (step, items) = await tenant.Host.WithDatabaseAsync(async db =>
        {
            var step = await db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == pipelineId && row.StepType == stepType);
            return (step, await db.Items.AsNoTracking().Where(item => item.StepId == step.Id && item.Status == ItemStatus.Dispatched).ToListAsync());
        });
        await ReportAsync(tenant.Host, [.. items.Select(item => Result(step, item, fate(item)))]);
        return step is { Open: 0, Status: not StepStatus.Pending };
    });

    public static Task FinishAsync(PipelinesHost host, Step step, IReadOnlyList<Item> items, Func<Item, bool>? fails = null, bool lost = false) =>
        ReportAsync(host, [.. items.Select(item => Result(step, item, fails?.Invoke(item) == true ? FailureKind.ContentRefused : null))], lost);

    /// <summary>Items of a step as they stand in the ledger, in their order.</summary>
    public static Task<List<Item>> ItemsAsync(this TenantClient tenant, long pipelineId, long stepId) => tenant.Host.WithDatabaseAsync(
        db => db.Items.AsNoTracking().Where(item => item.PipelineId == pipelineId && item.StepId == stepId).OrderBy(item => item.Ordinal).ThenBy(item => item.Id).ToListAsync());

    /// <summary>Results as a worker's message would bring them.</summary>
    public static async Task ReportAsync(PipelinesHost host, IReadOnlyList<ItemResult> results, bool lost = false)
    {
        if (results.Count == 0)
        {
            return;
        }

        var completion = host.Services.GetRequiredService<Completion>();
        await host.Services.GetRequiredService<LedgerCommit>().RunAsync(
            async ledger =>
            {
                await completion.ApplyAsync(ledger, results, CancellationToken.None);
                foreach (var message in lost ? [.. ledger.Db.ChangeTracker.Entries<OutboxMessage>()] : Array.Empty<EntityEntry<OutboxMessage>>())
                {
                    message.State = EntityState.Detached;
                }

                return true;
            },
            CancellationToken.None);
    }

    /// <param name="failure">Null: it succeeds.</param>
    /// <param name="attempt">The item's own unless told.</param>
    public static ItemResult Result(Step step, Item item, FailureKind? failure, int? attempt = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ItemResult(
            new ItemRef(item.TenantId, item.PipelineId, item.StepId, item.Id, attempt ?? item.Attempt, 0),
            failure is not null ? [] : [.. Enumerable.Range(0, item.Units).Select(index => Output(step, item, index))],
            failure is { } kind ? new ItemFailure(kind, kind == FailureKind.ContentRefused ? "The provider refused the picture." : $"It failed: {kind}.") : null,
            "local", $"request-{item.Id}", null, true, false, now, now);
    }

    private static ProducedOutput Output(Step step, Item item, int index) => step.StepType switch
    {
        StepTypes.PromptEnhance => new ProducedOutput($"{item.Input.Prompt}, take {index + 1}", null, item.Input.Seed),
        StepTypes.ImageToImage => new ProducedOutput(null, Media(item, "png", null), item.Input.Seed),
        _ => new ProducedOutput(null, Media(item, "mp4", 5m), item.Input.Seed),
    };

    private static MediaRef Media(Item item, string extension, decimal? seconds) => new(
        $"t/{item.TenantId}/sha256/aa/{Guid.NewGuid():N}.{extension}", Guid.NewGuid().ToString("N"), seconds is null ? "image/png" : "video/mp4", 720, 1280, 1234, seconds);
}
