using System.Threading.Channels;
using Contracts.Generation;

namespace PipelineService.Orchestration;

/// <summary>
/// Turns many result messages into few transactions: takes what is there, never waits for more, and no more than a transaction can write in a moment. A
/// message is acknowledged when all of its results have been committed.
/// </summary>
internal sealed class ResultBatcher(LedgerCommit commit, Completion completion, FollowUps followUps, LanePace pace, ILogger<ResultBatcher> logger) : BackgroundService
{
    private const int MostRows = 256;
    private readonly Channel<Waiting> _incoming = Channel.CreateBounded<Waiting>(1024);

    public async Task AddAsync(ItemsFinished message, CancellationToken cancellationToken)
    {
        if (message.Results.Count == 0)
        {
            return;
        }

        var waiting = new Waiting(message.Results);
        await _incoming.Writer.WriteAsync(waiting, cancellationToken);
        await waiting.Done.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Waiting? begun = null;
        while (begun is not null || await _incoming.Reader.WaitToReadAsync(stoppingToken))
        {
            var (parts, rows) = (new List<Part>(), 0);
            while (rows < MostRows && (begun is not null || _incoming.Reader.TryRead(out begun)))
            {
                var part = begun.Take(MostRows - rows, followUps);
                parts.Add(part);
                rows += part.Rows;
                begun = begun.HasMore ? begun : null;
            }

            await ApplyAsync(parts, stoppingToken);
        }
    }

    private async Task ApplyAsync(List<Part> parts, CancellationToken cancellationToken)
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

    private readonly record struct Part(Waiting Of, IReadOnlyList<ItemResult> Results, int Rows);

    private sealed class Waiting(IReadOnlyList<ItemResult> results)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _taken;
        private int _ended;

        public Task Done => _done.Task;

        public bool HasMore => _taken < results.Count;

        /// <summary>At least one result.</summary>
        public Part Take(int mostRows, FollowUps followUps)
        {
            var (taken, rows) = (new List<ItemResult>(), 0);
            do
            {
                var result = results[_taken++];
                taken.Add(result);
                rows += 1 + followUps.Of(result.Item.StepId);
            }
            while (HasMore && rows < mostRows);

            return new Part(this, taken, rows);
        }

        public void Ended(int count)
        {
            _ended += count;
            if (_ended == results.Count)
            {
                _done.TrySetResult();
            }
        }

        public void Failed(Exception exception) => _done.TrySetException(exception);
    }
}
