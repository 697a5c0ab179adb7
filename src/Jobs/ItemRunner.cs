using System.Diagnostics;
using Contracts.Generation;
using Jobs.Storage;
using Media;
using Microsoft.Extensions.Logging;
using Providers;

namespace Jobs;

/// <summary>
/// Takes one item from its command to its result: claim the attempt, submit, store, report. A repeat of any of it finds the job of the attempt and buys
/// nothing again.
/// </summary>
public sealed class ItemRunner(
    JobBook book, EpochGate epochs, Hand hand, ProviderRegistry providers, IObjectStore store, ResultFiles files, ResultSender results, WorkerOptions options,
    TimeProvider time, ILogger<ItemRunner> logger) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Concurrency);

    /// <summary>Returns when the item needs this delivery no more: its result is confirmed, the provider works on it, or another process does.</summary>
    public async Task RunAsync(WorkItem item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        if (!hand.Take(item.Ref))
        {
            return;
        }

        var stays = false;
        try
        {
            var mayStart = await epochs.MayStartAsync(item.Ref);
            var claim = await book.ClaimAsync(new ClaimRequest(item, mayStart), cancellationToken);
            switch (claim.Kind)
            {
                case ClaimKind.Fresh:
                    stays = await SubmitAsync(item, cancellationToken);
                    break;
                case ClaimKind.TakenOver or ClaimKind.Mine when claim.Handle is null:
                    logger.TakenOver(item.Ref.ItemId, item.Ref.Attempt);
                    stays = await SubmitAgainAsync(item, cancellationToken);
                    break;
                case ClaimKind.Done:
                    await results.SendAsync(claim.Result!, cancellationToken);
                    break;
                case ClaimKind.Absent:
                    var now = time.GetUtcNow();
                    await results.SendAsync(Result(item, [], new ItemFailure(FailureKind.Cancelled, "Stopped before it was sent to the provider."), null, null, false, now), cancellationToken);
                    break;
            }
        }
        finally
        {
            if (!stays)
            {
                hand.Drop(item.Ref);
            }
        }
    }

    /// <summary>What came of a submit or a poll, into the job's row and then to the ledger. True when the provider still works on it.</summary>
    public async Task<bool> FinishAsync(WorkItem item, ProviderResult outcome, string? handle, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        switch (outcome)
        {
            case ProviderResult.Submitted submitted:
                await book.UpdateAsync(new JobUpdate(item, submitted.Handle, null, time.GetUtcNow() + options.PollEvery), cancellationToken);
                return true;
            case ProviderResult.Pending:
                return true;
            case ProviderResult.Finished finished:
                var (outputs, damage) = await files.StoreAsync(item.Ref.TenantId, item.Lane, finished.Outputs, cancellationToken);
                await EndAsync(item, Result(item, outputs, damage, finished.RequestId ?? handle, finished.ReportedCost, finished.Cached, startedAt), handle, cancellationToken);
                return false;
            case ProviderResult.Failed failed:
                await EndAsync(item, Result(item, [], failed.Failure, failed.RequestId ?? handle, null, false, startedAt), handle, cancellationToken);
                return false;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome.");
        }
    }

    public Task FailAsync(WorkItem item, ItemFailure failure, string? handle, DateTimeOffset startedAt, CancellationToken cancellationToken) =>
        EndAsync(item, Result(item, [], failure, handle, null, false, startedAt), handle, cancellationToken);

    public void Dispose() => _slots.Dispose();

    private async Task<bool> SubmitAgainAsync(WorkItem item, CancellationToken cancellationToken)
    {
        if (providers.Find(item.Provider) is not { Resubmit: Resubmit.Never })
        {
            return await SubmitAsync(item, cancellationToken);
        }

        await FailAsync(
            item, new ItemFailure(FailureKind.OutcomeUnknown, "The worker stopped while it was asking the provider, so it may have been bought. It is not sent again by itself; check with the provider, then retry."),
            null, time.GetUtcNow(), cancellationToken);
        return false;
    }

    private async Task<bool> SubmitAsync(WorkItem item, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            using var activity = Tracing.Source.StartActivity("generate " + item.Lane);
            activity?.SetTag("item.id", item.Ref.ItemId).SetTag("item.attempt", item.Ref.Attempt).SetTag("provider", item.Provider);
            var startedAt = hand.Begin(item.Ref);
            if (providers.Find(item.Provider) is not { } provider)
            {
                await FailAsync(item, new ItemFailure(FailureKind.InvalidRequest, $"No provider named '{item.Provider}' is set up."), null, startedAt, cancellationToken);
                return false;
            }

            if (await store.GetLocalPathAsync(item.Source.ObjectKey, cancellationToken) is not { } path)
            {
                await FailAsync(item, new ItemFailure(FailureKind.SourceMissing, "The source picture is gone from the library. Upload it again and retry."), null, startedAt, cancellationToken);
                return false;
            }

            var outcome = await CallAsync(provider, item, token => provider.SubmitAsync(item.Request(path), token), cancellationToken);
            if (outcome is ProviderResult.Failed failed)
            {
                activity?.SetStatus(ActivityStatusCode.Error, failed.Failure.Message);
            }

            return await FinishAsync(item, outcome, null, startedAt, cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    // A provider reports what it expects to go wrong. What it throws, or never answers, has an unknown fate unless repeating is harmless.
    private async Task<ProviderResult> CallAsync(IProvider provider, WorkItem item, Func<CancellationToken, Task<ProviderResult>> call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            return await call(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ProviderResult.Failed(provider.Resubmit == Resubmit.Safe
                ? new ItemFailure(FailureKind.TimedOut, $"The provider did not answer within {options.CallTimeout.TotalSeconds:0} seconds.")
                : new ItemFailure(FailureKind.OutcomeUnknown, "The provider did not answer in time, so it may have been bought. It is not sent again by itself."));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            logger.ProviderBroke(exception, provider.Name, item.Ref.ItemId);
            return new ProviderResult.Failed(provider.Resubmit == Resubmit.Safe
                ? new ItemFailure(FailureKind.Internal, "The provider's adapter failed unexpectedly; see the worker's log.")
                : new ItemFailure(FailureKind.OutcomeUnknown, "The call broke off, so it may have been bought. It is not sent again by itself."));
        }
    }

    private async Task EndAsync(WorkItem item, ItemResult result, string? handle, CancellationToken cancellationToken)
    {
        if (result.Failure is { } failure)
        {
            logger.ItemFailed(item.Ref.ItemId, item.Ref.Attempt, failure.Kind.ToString(), failure.Message);
        }

        await book.UpdateAsync(new JobUpdate(item, handle, result, null), cancellationToken);
        await results.SendAsync(result, cancellationToken);
    }

    private ItemResult Result(
        WorkItem item, IReadOnlyList<ProducedOutput> outputs, ItemFailure? failure, string? requestId, decimal? reportedCost, bool cached, DateTimeOffset startedAt) => new(
        item.Ref, outputs, failure, item.Provider, requestId, reportedCost, providers.Find(item.Provider)?.Simulated ?? false, cached, startedAt, time.GetUtcNow());
}
