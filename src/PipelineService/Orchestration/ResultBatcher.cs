using System.Threading.Channels;
using Contracts.Generation;

namespace PipelineService.Orchestration;

/// <summary>
/// Turns many result messages into few transactions: takes what is there, never waits for more. A message is acknowledged when the transaction
/// with its results has committed.
/// </summary>
internal sealed class ResultBatcher(LedgerCommit commit, Completion completion, LanePace pace, ILogger<ResultBatcher> logger) : BackgroundService
{
    private const int MostResults = 512;
    private readonly Channel<Waiting> _incoming = Channel.CreateBounded<Waiting>(1024);

    public async Task AddAsync(ItemsFinished message, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(message.Results, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _incoming.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        while (await _incoming.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            var results = 0;
            while (results < MostResults && _incoming.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
                results += waiting.Results.Count;
            }

            await ApplyAsync(batch, stoppingToken);
        }
    }

    private async Task ApplyAsync(List<Waiting> batch, CancellationToken cancellationToken)
    {
        try
        {
            await ApplyAsync([.. batch.SelectMany(waiting => waiting.Results)], cancellationToken);
            batch.ForEach(waiting => waiting.Done.TrySetResult());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (batch.Count == 1)
            {
                batch[0].Done.TrySetException(exception);
                return;
            }

            // One bad message must not take the others down with it.
            logger.BatchFailed(exception, batch.Count);
            foreach (var waiting in batch)
            {
                await ApplyAsync([waiting], cancellationToken);
            }
        }
    }

    private async Task ApplyAsync(IReadOnlyList<ItemResult> results, CancellationToken cancellationToken) =>
        pace.Record(await commit.RunAsync(ledger => completion.ApplyAsync(ledger, results, cancellationToken), cancellationToken));

    private sealed record Waiting(IReadOnlyList<ItemResult> Results, TaskCompletionSource Done);
}
