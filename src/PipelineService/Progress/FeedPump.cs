using System.Data.Common;
using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>
/// Reads what is new in all watched feeds, many of them in one statement, and hands it to their readers. The first event after a silence goes out at
/// once; while more come, one read serves all commits of a moment.
/// </summary>
internal sealed class FeedPump(FeedHub hub, FeedStore store, IOptions<ProgressOptions> options, TimeProvider time, ILogger<FeedPump> logger) : BackgroundService
{
    private const int FeedsAtOnce = 64;

    private readonly ProgressOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var due = await hub.DueAsync(FeedsAtOnce, stoppingToken);
            var start = time.GetTimestamp();
            await ReadAsync(due, stoppingToken);
            if (_options.ReadEvery - time.GetElapsedTime(start) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, time, stoppingToken);
            }
        }
    }

    private async Task ReadAsync(IReadOnlyList<FeedTail> due, CancellationToken cancellationToken)
    {
        try
        {
            var pages = await store.ReadManyAsync([.. due.Select(tail => (tail.Key, tail.Position))], _options.BatchSize, cancellationToken);
            for (var index = 0; index < due.Count; index++)
            {
                due[index].Hand(pages[index]);
                if (pages[index].Count == _options.BatchSize)
                {
                    hub.WakeAgain(due[index]);
                }
            }
        }
        catch (Exception exception) when (FeedStore.IsAway(exception))
        {
            // the next look at the database wakes them again
            logger.FeedWaits(exception.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.FeedFailed(exception);
            foreach (var tail in due)
            {
                tail.Fail();
            }
        }
    }
}
