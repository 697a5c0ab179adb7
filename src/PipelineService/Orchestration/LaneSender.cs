using System.Diagnostics;
using System.Globalization;
using Contracts.Costs;
using Contracts.Costs.Grpc;
using Contracts.Generation;
using MassTransit;
using PipelineService.Pipelines;
using PipelineService.Reuse;
using Providers;
using Providers.Catalog;
using ServiceDefaults.Grpc;
using ServiceDefaults.Messaging;
using ServiceDefaults.Storage;
using StackExchange.Redis;

namespace PipelineService.Orchestration;

/// <summary>Sends claimed items of one pipeline: money first, then the broker. What cannot go now goes back to the queue.</summary>
internal sealed class LaneSender(
    CostClient costs, IBus bus, LedgerCommit commit, RunEffects effects, ReuseSift reuse, LanePace pace, ModelCatalog catalog, BrokerLine line,
    IConnectionMultiplexer redis, HoldAnswers answers, ILogger<LaneSender> logger)
{
    public static readonly ActivitySource Activities = new("Pipeline.Dispatch");

    private static readonly TimeSpan TryAgainIn = TimeSpan.FromSeconds(1);

    public async Task SendAsync(string lane, RunHead run, IReadOnlyList<Step> steps, IReadOnlyList<ClaimedItem> items, CancellationToken cancellationToken)
    {
        // The spans of the workers belong to the request that started the run.
        using var activity = Activities.StartActivity("dispatch " + lane, ActivityKind.Internal, run.TraceParent ?? default(string));
        activity?.SetTag("pipeline.id", run.PipelineId).SetTag("items", items.Count);
        var unsent = new List<ClaimedItem>(items);
        try
        {
            if (run.Reuse)
            {
                items = await reuse.SiftAsync(lane, run, steps, items, cancellationToken);
                unsent = [.. items];
            }

            var (granted, refusedBy) = await ReserveAsync(run, steps, items, cancellationToken);
            if (granted.Count < items.Count)
            {
                await PauseForBudgetAsync(lane, run, [.. items.Where(item => !granted.Contains(item.Id))], refusedBy, cancellationToken);
                unsent.RemoveAll(item => !granted.Contains(item.Id));
            }

            if (unsent.Count > 0 && await IsOverAsync(run))
            {
                // The settlement of the cancel may have come before there was anything to free. What is sent all the same workers turn away.
                foreach (var held in unsent.Select(item => new HeldAttempt(item.Id, item.Attempt)).Chunk(HoldsOpen.Most))
                {
                    await answers.AnswerAsync(new HoldsOpen(run.TenantId, run.PipelineId, held), cancellationToken);
                }
            }

            var endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + Lanes.Queue(lane)));

            // Each waits for the broker's confirm; one after the other the waits would add up.
            var sends = unsent.ToArray().Chunk(pace.MessageSize(lane))
                .Select(chunk => (Items: chunk, Task: SendAsync(lane, endpoint, LaneCommands.For(lane, run, steps, chunk, catalog), cancellationToken))).ToList();
            try
            {
                await Task.WhenAll(sends.Select(send => send.Task));
            }
            finally
            {
                unsent = [.. sends.Where(send => !send.Task.IsCompletedSuccessfully).SelectMany(send => send.Items)];
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            logger.LaneWaits(lane, exception.Message);
            await GiveBackAsync(lane, run, unsent, TryAgainIn, cancellationToken);
        }
    }

    private Task SendAsync(string lane, ISendEndpoint endpoint, object command, CancellationToken cancellationToken) =>
        line.ConfirmedAsync(lane, endpoint.Send(command, Pipe.Execute<SendContext>(Mandatory), CancellationToken.None), cancellationToken);

    // A queue that no worker has made yet would swallow the message.
    private static void Mandatory(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = true;
        }
    }

    private async Task<(HashSet<long> Granted, string RefusedBy)> ReserveAsync(
        RunHead run, IReadOnlyList<Step> steps, IReadOnlyList<ClaimedItem> items, CancellationToken cancellationToken)
    {
        // A retry may have given some of them to another provider: what is simulated never counts in the tenant's spend.
        var (granted, refusedBy) = (new HashSet<long>(items.Count), string.Empty);
        foreach (var group in items.GroupBy(item => ProviderNames.IsSimulated(item.Provider(steps.Single(step => step.Id == item.StepId)) ?? ProviderNames.Local)))
        {
            var request = new ReserveRequest
            {
                TenantId = run.TenantId,
                PipelineId = run.PipelineId,
                PipelineCap = run.BudgetUsd?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                Simulated = group.Key,
            };
            request.Holds.AddRange(group.Select(item => new Hold { ItemId = item.Id, Attempt = item.Attempt, Amount = item.QuotedCost.ToString(CultureInfo.InvariantCulture) }));
            var reply = await costs.ReserveAsync(request, cancellationToken);
            granted.UnionWith(reply.GrantedItemIds);
            refusedBy = reply.RefusedBy.Length > 0 ? reply.RefusedBy : refusedBy;
        }

        return (granted, refusedBy);
    }

    /// <summary>Whether its pipeline was cancelled since the claim. Not known without Redis: the money is then free when it has been asked for.</summary>
    private async Task<bool> IsOverAsync(RunHead run)
    {
        try
        {
            return (string?)await redis.GetDatabase().StringGetAsync(Epochs.Key(run.TenantId, run.PipelineId)) == Epochs.Never.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task PauseForBudgetAsync(string lane, RunHead head, IReadOnlyList<ClaimedItem> refused, string refusedBy, CancellationToken cancellationToken)
    {
        logger.PausedForBudget(head.PipelineId, refusedBy);
        await commit.RunAsync(
            async ledger =>
            {
                if (await RunTransaction.LoadAsync(ledger, head.TenantId, head.PipelineId, cancellationToken) is { } run)
                {
                    await effects.ApplyAsync(run, PipelineDecisions.BudgetReached(await run.StateAsync(cancellationToken)), cancellationToken);
                }

                await LedgerMoves.GiveBackAsync(ledger, lane, head.TenantId, head.PipelineId, [.. refused.Select(item => item.Id)], null, cancellationToken);
                return true;
            },
            cancellationToken);
    }

    private Task GiveBackAsync(string lane, RunHead head, List<ClaimedItem> items, TimeSpan dueIn, CancellationToken cancellationToken) => items.Count == 0
        ? Task.CompletedTask
        : commit.RunAsync(
            async ledger =>
            {
                await LedgerMoves.GiveBackAsync(ledger, lane, head.TenantId, head.PipelineId, [.. items.Select(item => item.Id)], ledger.Now + dueIn, cancellationToken);
                return true;
            },
            cancellationToken);
}
