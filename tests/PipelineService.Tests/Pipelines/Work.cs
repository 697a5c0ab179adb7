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

    public static async Task FinishAsync(PipelinesHost host, Step step, IReadOnlyList<Item> items, Func<Item, bool>? fails = null, bool lost = false)
    {
        if (items.Count == 0)
        {
            return;
        }

        var completion = host.Services.GetRequiredService<Completion>();
        var results = items.Select(item => Result(step, item, fails?.Invoke(item) ?? false)).ToList();
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

    private static ItemResult Result(Step step, Item item, bool fails)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new ItemResult(
            new ItemRef(item.TenantId, item.PipelineId, item.StepId, item.Id, item.Attempt, 0),
            fails ? [] : [.. Enumerable.Range(0, item.Units).Select(index => Output(step, item, index))],
            fails ? new ItemFailure(FailureKind.ContentRefused, "The provider refused the picture.") : null,
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
