using System.Threading.Channels;
using Contracts.Generation;

namespace PipelineService.Orchestration;

/// <summary>
/// Turns many result messages into few transactions: takes what is there, never waits for more, and no more than a transaction can write in a moment. A
/// message is acknowledged when all of its results have been committed.
/// </summary>
internal sealed class ResultBatcher(
    LedgerCommit commit, Completion completion, FollowUps followUps, LanePace pace, OrchestrationOptions options, ILogger<ResultBatcher> logger) : BackgroundService
{
    private const int MostWaiting = 1024;
    private readonly Channel<WaitingResults> _incoming = Channel.CreateBounded<WaitingResults>(MostWaiting);

    public async Task AddAsync(ItemsFinished message, CancellationToken cancellationToken)
    {
        if (message.Results.Count == 0)
        {
            return;
        }

        var waiting = new WaitingResults(message.Results);
        await _incoming.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Done.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var backlog = new ResultBacklog(followUps, options.BatchRows);
        while (backlog.Count > 0 || await _incoming.Reader.WaitToReadAsync(stoppingToken))
        {
            while (backlog.Count < MostWaiting && _incoming.Reader.TryRead(out var message))
            {
                backlog.Add(message);
            }

            await ApplyAsync(backlog.Next(), stoppingToken);
        }
    }

    private async Task ApplyAsync(List<ResultPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<ItemResult> results = [.. parts.SelectMany(part => part.Results)];
            pace.Record(await commit.RunAsync(ledger => completion.ApplyAsync(ledger, results, cancellationToken), cancellationToken));
            parts.ForEach(part => part.Of.Ended(part.Results.Count));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (parts.Count == 1)
            {
                parts[0].Of.Failed(exception);
                return;
            }

            // One bad message must not take the others down with it.
            logger.BatchFailed(exception, parts.Count);
            foreach (var part in parts)
            {
                await ApplyAsync([part], cancellationToken);
            }
        }
    }
}
