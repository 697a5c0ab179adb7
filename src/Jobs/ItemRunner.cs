using System.Collections.Concurrent;
using System.Diagnostics;
using Contracts.Generation;
using Jobs.Storage;
using Media;
using Microsoft.Extensions.Logging;
using Providers;
using Providers.Keys;
using Providers.Traffic;

namespace Jobs;

/// <summary>
/// Takes one item from its command to its result: claim the attempt, submit, store, report. A repeat of any of it finds the job of the attempt and buys
/// nothing again.
/// </summary>
public sealed class ItemRunner(
    JobBook book, EpochGate epochs, Hand hand, ProviderRegistry providers, IObjectStore store, ItemFinisher finisher, ResultSender results, ProcessWork work,
    RouteTraffic traffic, WorkspaceKeys keys, WorkerOptions options, TimeProvider time, ILogger<ItemRunner> logger) : IDisposable
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _slots = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns when the item needs this delivery no more: its result is confirmed, the provider works on it, or another process does.</summary>
    public Task RunAsync(WorkItem item, CancellationToken delivery)
    {
        ArgumentNullException.ThrowIfNull(item);
        return hand.Take(item.Ref) ? work.RunAsync(stop => RunInHandAsync(item, stop), delivery) : Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var slots in _slots.Values)
        {
            slots.Dispose();
        }
    }

    private async Task RunInHandAsync(WorkItem item, CancellationToken cancellationToken)
    {
        var stays = false;
        try
        {
            stays = await TakeAsync(item, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            // One broken item must not take the others of its message down.
            logger.ItemBroke(exception, item.Ref.ItemId, item.Ref.Attempt);
            const string message = "The worker could not handle it; see its log.";
            var failure = book.HasBegun(item) ? finisher.Lost(item, message) : new ItemFailure(FailureKind.Internal, message);
            var refusal = finisher.Refusal(item, failure);
            var claim = await book.ClaimAsync(new ClaimRequest(item, refusal), CancellationToken.None);
            await (claim.Kind == ClaimKind.Refused ? finisher.RefuseAsync(item, refusal) : finisher.FailAsync(item, failure, null, time.GetUtcNow()));
        }
        finally
        {
            if (!stays)
            {
                hand.Drop(item.Ref);
            }
        }
    }

    private async Task<bool> TakeAsync(WorkItem item, CancellationToken cancellationToken)
    {
        using var activity = Tracing.Source.StartActivity("generate " + item.Lane);
        activity?.SetTag("item.id", item.Ref.ItemId).SetTag("item.attempt", item.Ref.Attempt).SetTag("provider", item.Provider);
        var (move, claim, answer, refusal, startedAt) = await AskAsync(item, cancellationToken);
        activity?.SetTag("move", move.ToString());
        switch (move)
        {
            case NextMove.Submit:
                if (answer is ProviderResult.Failed failed)
                {
                    activity?.SetStatus(ActivityStatusCode.Error, failed.Failure.Message);
                }

                var accepted = await finisher.FinishAsync(item, answer!, null, startedAt);
                if (accepted)
                {
                    hand.Keep(item.Ref, startedAt, options.LookLife);
                    traffic.Keep(item.Route(keys), item.Key, options.LookLife);
                }

                return accepted;
            case NextMove.Refuse when claim.Kind == ClaimKind.Refused:
                await finisher.RefuseAsync(item, refusal!);
                return false;
            case NextMove.Refuse:
                await finisher.FailAsync(item, refusal!.Failure!, null, startedAt);
                return false;
            case NextMove.Repeat:
                await results.SendAsync(claim.Result!, cancellationToken);
                return false;
            case NextMove.GiveUpAsUnknown:
                await finisher.FailAsync(item, finisher.Lost(item, "The worker stopped while it was asking the provider."), null, startedAt);
                return false;
            default:
                return false;
        }
    }

    /// <summary>What is done in a slot: everything from the last look at whether it may be submitted to the provider's answer.</summary>
    private async Task<(NextMove Move, Claim Claim, ProviderResult? Answer, ItemResult? Refusal, DateTimeOffset StartedAt)> AskAsync(
        WorkItem item, CancellationToken cancellationToken)
    {
        var provider = providers.Find(item.Provider);
        var slots = _slots.GetOrAdd(item.Provider, _ => new SemaphoreSlim(Math.Min(options.Concurrency, provider?.Concurrency ?? options.Concurrency)));
        await slots.WaitAsync(cancellationToken);
        try
        {
            var (path, why) = await PrepareAsync(item, provider, cancellationToken);
            await using var pass = why is null ? await traffic.EnterAsync(item.Route(keys)) : null;
            why ??= pass?.Refusal;
            var refusal = why is null ? null : finisher.Refusal(item, why);
            var claim = await book.ClaimAsync(new ClaimRequest(item, refusal), cancellationToken);
            var move = NextMoves.Decide(claim, why, provider?.Resubmit, book.HasBegun(item));
            if (claim.Kind == ClaimKind.TakenOver)
            {
                logger.TakenOver(item.Ref.ItemId, item.Ref.Attempt);
            }

            if (move != NextMove.Submit)
            {
                return (move, claim, null, refusal, time.GetUtcNow());
            }

            var neverSent = claim.Kind == ClaimKind.Fresh;
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var startedAt = hand.Begin(item.Ref);
                book.Begin(item);
                neverSent = false;
                return (move, claim, pass!.Tell(await CallAsync(provider!, item, item.Request(path!), cancellationToken)), null, startedAt);
            }
            catch (OperationCanceledException)
            {
                await book.ReleaseAsync(new JobRelease(item, neverSent));
                throw;
            }
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>A readable copy of the source, or why it may not be submitted.</summary>
    private async Task<(string? Path, ItemFailure? Refusal)> PrepareAsync(WorkItem item, IProvider? provider, CancellationToken cancellationToken)
    {
        if (provider is null)
        {
            var known = string.Join(", ", providers.All.Select(other => other.Name).Order(StringComparer.Ordinal));
            return (null, new ItemFailure(FailureKind.InvalidRequest, $"No provider named '{item.Provider}' is set up. There are: {known}."));
        }

        if (await epochs.LookAsync(item.Ref) != Gate.Open)
        {
            return (null, new ItemFailure(FailureKind.Cancelled, "Stopped before it was sent to the provider."));
        }

        return await store.GetLocalPathAsync(item.Source.ObjectKey, cancellationToken) is { } path
            ? (path, null)
            : (null, new ItemFailure(FailureKind.SourceMissing, "The source picture is gone from the library. Upload it again and retry."));
    }

    // A provider reports what it expects to go wrong. What it throws, or never answers, has an unknown fate unless repeating is harmless.
    private async Task<ProviderResult> CallAsync(IProvider provider, WorkItem item, GenerationRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        try
        {
            return await provider.SubmitAsync(request, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new ProviderResult.Failed(finisher.Lost(item, $"The provider did not answer within {options.CallTimeout.TotalSeconds:0} seconds.", FailureKind.TimedOut));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            logger.ProviderBroke(exception, provider.Name, item.Ref.ItemId);
            return new ProviderResult.Failed(finisher.Lost(item, "The call of the provider broke off; see the worker's log."));
        }
    }
}
