using Contracts.Generation;
using Jobs.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;
using Providers;
using Providers.Keys;

namespace Jobs;

/// <summary>
/// From a provider's answer to a result that the ledger gets: files stored, result written with the job, then sent. Takes no cancellation: what was
/// answered is paid for, and only the end of the process may interrupt it. Whoever finds the job then goes on from its row.
/// </summary>
public sealed class ItemFinisher(
    JobBook book, ResultFiles files, ResultSender results, ProviderRegistry providers, ProviderTroubles troubles, WorkerOptions options, TimeProvider time, ILogger<ItemFinisher> logger)
{
    /// <summary>True when the provider still works on it.</summary>
    /// <param name="handle">Null for the answer to a submit.</param>
    public async Task<bool> FinishAsync(WorkItem item, ProviderResult outcome, string? handle, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(item);
        switch (outcome)
        {
            case ProviderResult.Submitted submitted:
                await book.UpdateAsync(new JobUpdate(item, submitted.Handle, null, time.GetUtcNow() + options.PollEvery));
                return true;
            case ProviderResult.Pending when handle is not null:
                return true;
            case ProviderResult.Finished finished:
                await EndAsync(item, await StoreAsync(item, finished, handle, startedAt), handle);
                return false;
            case ProviderResult.Failed failed:
                await EndAsync(item, Result(item, startedAt) with { Failure = failed.Failure, ProviderRequestId = failed.RequestId ?? handle }, handle);
                return false;
            default:
                await FailAsync(item, Lost(item, $"The provider answered a submit with {outcome?.GetType().Name ?? "nothing"}."), handle, startedAt);
                return false;
        }
    }

    /// <summary>Ends its job as failed.</summary>
    public Task FailAsync(WorkItem item, ItemFailure failure, string? handle, DateTimeOffset startedAt)
    {
        ArgumentNullException.ThrowIfNull(item);
        return EndAsync(item, Result(item, startedAt) with { Failure = failure, ProviderRequestId = handle }, handle);
    }

    /// <summary>The result of an attempt that may not be submitted.</summary>
    public ItemResult Refusal(WorkItem item, ItemFailure refusal)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(refusal);
        return Result(item, time.GetUtcNow()) with { Failure = refusal };
    }

    /// <summary>Reports a refusal that stands as the attempt's end.</summary>
    public Task RefuseAsync(WorkItem item, ItemResult refusal)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(refusal);
        logger.ItemFailed(item.Ref.ItemId, item.Ref.Attempt, refusal.Failure!.Kind.ToString(), refusal.Failure.Message);
        return results.SendAsync(refusal, CancellationToken.None);
    }

    /// <summary>A failure of which it is not known whether it was bought: tried again only where that is harmless.</summary>
    public ItemFailure Lost(WorkItem item, string message, FailureKind whenSafe = FailureKind.Internal)
    {
        ArgumentNullException.ThrowIfNull(item);
        return providers.Find(item.Provider)?.Resubmit == Resubmit.Safe
            ? new ItemFailure(whenSafe, message)
            : new ItemFailure(FailureKind.OutcomeUnknown, message + " It may have been bought, so it is not sent again by itself; check with the provider, then retry.");
    }

    private async Task<ItemResult> StoreAsync(WorkItem item, ProviderResult.Finished finished, string? handle, DateTimeOffset startedAt)
    {
        var result = Result(item, startedAt) with
        {
            ProviderRequestId = finished.RequestId ?? handle,
            ReportedCost = finished.ReportedCost,
            BilledUnits = finished.BilledUnits,
            Cached = finished.Cached,
        };
        try
        {
            var (outputs, damage) = await files.StoreAsync(item.Ref.TenantId, item.Lane, finished.Outputs, CancellationToken.None);
            return result with { Outputs = outputs, Failure = damage, FinishedAt = time.GetUtcNow() };
        }
        catch (Exception exception) when (handle is null && exception is not OutOfMemoryException)
        {
            // The answer to a poll can be had again, so there the exception goes on to the poller.
            logger.CannotStore(exception, item.Ref.ItemId, item.Ref.Attempt);
            return result with { Failure = Lost(item, "It was made, but could not be stored; see the worker's log.") };
        }
    }

    private async Task EndAsync(WorkItem item, ItemResult result, string? handle)
    {
        if (result.Failure is { } failure)
        {
            logger.ItemFailed(item.Ref.ItemId, item.Ref.Attempt, failure.Kind.ToString(), failure.Message);
            troubles.Tell(item.Ref.TenantId, item.Provider, failure);
        }

        var clean = result with
        {
            ProviderRequestId = Clean(result.ProviderRequestId),
            Failure = result.Failure is { } reason ? reason with { Message = Clean(reason.Message)! } : null,
        };
        try
        {
            if (!await book.UpdateAsync(new JobUpdate(item, handle, clean, null)) && clean.Failure is not null)
            {
                // Whoever has the job now says what becomes of it.
                return;
            }
        }
        catch (PostgresException exception)
        {
            logger.ResultUnrecorded(exception, item.Ref.ItemId, item.Ref.Attempt);
        }

        await results.SendAsync(clean, CancellationToken.None);
    }

    // PostgreSQL takes no NUL in a text, and a vendor's message may hold anything.
    private static string? Clean(string? text) => text?.Replace("\0", string.Empty, StringComparison.Ordinal);

    private ItemResult Result(WorkItem item, DateTimeOffset startedAt) => new(
        item.Ref, [], null, item.Provider, null, null, providers.Find(item.Provider)?.Simulated ?? false, false, startedAt, time.GetUtcNow());
}
