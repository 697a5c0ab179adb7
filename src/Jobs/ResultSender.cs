using System.Diagnostics;
using Contracts.Generation;
using MassTransit;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Messaging;

namespace Jobs;

/// <summary>
/// Sends results to the ledger, several in a message when several are ready, and returns when the broker has confirmed. While the broker is away it
/// keeps trying: a result that was paid for is never let go.
/// </summary>
public sealed class ResultSender : IDisposable
{
    private const int MostResults = 64;
    private static readonly TimeSpan TryAgainIn = TimeSpan.FromSeconds(1);
    private readonly GroupCommit<(ItemResult Result, ActivityContext Trace), bool> _group;
    private readonly IBus _bus;
    private readonly BrokerLine _line;
    private readonly TimeProvider _time;
    private readonly ILogger<ResultSender> _logger;

    public ResultSender(IBus bus, BrokerLine line, WorkerOptions options, TimeProvider time, ILogger<ResultSender> logger)
    {
        (_bus, _line, _time, _logger) = (bus, line, time, logger);
        _group = new(SendAsync, options.GatherFor, time, MostResults, handsOn: true);
    }

    public Task SendAsync(ItemResult result, CancellationToken cancellationToken) =>
        _group.AddAsync((result, Activity.Current?.Context ?? default), cancellationToken);

    public void Dispose() => _group.Dispose();

    private async Task<IReadOnlyList<bool>> SendAsync(IReadOnlyList<(ItemResult Result, ActivityContext Trace)> results, CancellationToken cancellationToken)
    {
        // A message belongs to the trace of its first result.
        using var activity = Tracing.Source.StartActivity("send results", ActivityKind.Internal, results[0].Trace);
        while (true)
        {
            try
            {
                var endpoint = await _bus.GetSendEndpoint(new Uri("exchange:items-finished"));
                await _line.ConfirmedAsync(
                    "results",
                    endpoint.Send(new ItemsFinished([.. results.Select(entry => entry.Result)]), Pipe.Execute<SendContext>(Mandatory), CancellationToken.None),
                    cancellationToken);
                return [.. results.Select(_ => true)];
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                _logger.ResultsWait(exception.Message);
                await Task.Delay(TryAgainIn, _time, cancellationToken);
            }
        }
    }

    // Until the ledger has made its queue, a message would vanish.
    private static void Mandatory(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = true;
        }
    }
}
