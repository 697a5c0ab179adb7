using System.Diagnostics;
using Contracts.Generation;
using Jobs;

namespace EnhancerService;

/// <summary>Takes one prompt item to its result. Text is safe to ask for again, so there are no jobs to remember.</summary>
internal sealed class EnhanceRunner(
    Enhancer enhancer, EpochGate epochs, Hand hand, ResultSender results, ProcessWork work, WorkerOptions options, TimeProvider time,
    ILogger<EnhanceRunner> logger) : IDisposable
{
    private static readonly ActivitySource Activities = new("Pipeline.Worker");
    private readonly SemaphoreSlim _slots = new(options.Concurrency);

    public Task RunAsync(EnhanceTask task, CancellationToken delivery) =>
        hand.Take(task.Item) ? work.RunAsync(stop => RunInHandAsync(task, stop), delivery) : Task.CompletedTask;

    public void Dispose() => _slots.Dispose();

    private async Task RunInHandAsync(EnhanceTask task, CancellationToken cancellationToken)
    {
        try
        {
            await results.SendAsync(await AskAsync(task, cancellationToken), cancellationToken);
        }
        finally
        {
            hand.Drop(task.Item);
        }
    }

    private async Task<ItemResult> AskAsync(EnhanceTask task, CancellationToken cancellationToken)
    {
        using var activity = Activities.StartActivity("generate " + Lanes.Enhance);
        activity?.SetTag("item.id", task.Item.ItemId).SetTag("item.attempt", task.Item.Attempt).SetTag("provider", task.Provider);
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var startedAt = time.GetUtcNow();
            if (await epochs.LookAsync(task.Item) != Gate.Open)
            {
                return Failed(task, new ItemFailure(FailureKind.Cancelled, "Stopped before it was sent to the provider."), startedAt);
            }

            startedAt = hand.Begin(task.Item);
            var set = await enhancer.EnhanceAsync(
                new EnhancerRequest(
                    task.Item.TenantId, task.RequestKey, task.Provider, task.Prompt, task.Count, task.TargetType, task.TargetModel, task.MaxChars, task.StyleHints,
                    task.ThemeFocus, task.Seed, task.Image),
                // Another attempt, or another take, is asked for because the first answer would not do.
                task.Item.Attempt == 1 ? CacheUse.Paid : CacheUse.Never,
                cancellationToken);
            if (set.Failure is { } failure)
            {
                logger.ItemFailed(task.Item.ItemId, task.Item.Attempt, failure.Kind, failure.Message);
                activity?.SetStatus(ActivityStatusCode.Error, failure.Message);
            }

            return new ItemResult(
                task.Item, [.. set.Prompts.Select(prompt => new ProducedOutput(prompt.Text, null, task.Seed) { By = prompt.By })], set.Failure, set.Provider, set.RequestId, set.ReportedCost,
                set.Simulated, set.Cached, startedAt, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            // One broken item must not take the others of its message down.
            logger.ItemBroke(exception, task.Item.ItemId, task.Item.Attempt);
            return Failed(task, new ItemFailure(FailureKind.Internal, "The enhancer could not handle it; see its log."), time.GetUtcNow());
        }
        finally
        {
            _slots.Release();
        }
    }

    private ItemResult Failed(EnhanceTask task, ItemFailure failure, DateTimeOffset startedAt) =>
        new(task.Item, [], failure, task.Provider, null, null, false, false, startedAt, time.GetUtcNow());
}
