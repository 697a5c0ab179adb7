using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using PipelineService.Progress;
using StackExchange.Redis;

namespace Benchmarks.Live;

/// <summary>Writes events of many runs as the engine does, a commit and its wake-up at a time, at a steady rate.</summary>
internal sealed class LiveLoad(NpgsqlDataSource database, IConnectionMultiplexer redis)
{
    private const int Writers = 4;

    private readonly ProgressAnnouncer _announcer = new(redis, NullLogger<ProgressAnnouncer>.Instance);

    /// <summary>What the commits themselves took, which the age of an event at its client contains.</summary>
    public LiveTimes Commits { get; } = new();

    /// <param name="commitsPerSecond">Over all runs, which take turns.</param>
    /// <param name="events">What one commit writes for a run.</param>
    /// <returns>Events that were written.</returns>
    public async Task<int> WriteAsync(IReadOnlyList<LiveRun> runs, double commitsPerSecond, TimeSpan duration, Func<LiveRun, IReadOnlyList<NewEvent>> events)
    {
        var start = Stopwatch.GetTimestamp();
        var (turn, written) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            await using var connection = await database.OpenConnectionAsync();
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                var mine = Interlocked.Increment(ref turn);
                var due = TimeSpan.FromSeconds(mine / commitsPerSecond) - Stopwatch.GetElapsedTime(start);
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due, TimeProvider.System);
                }

                var run = runs[mine % runs.Count];
                Interlocked.Add(ref written, await CommitAsync(connection, run, events(run)));
            }
        }));
        return written;
    }

    /// <summary>What a commit of a few results says of a run: three outputs, progress, cost.</summary>
    public static IReadOnlyList<NewEvent> Results(LiveRun run) =>
    [
        .. Enumerable.Range(1, 3).Select(n => ProgressEvents.OutputReady(run.TenantId, run.PipelineId, 21, n, "image", 1000 + n)),
        ProgressEvents.StepProgress(run.TenantId, run.PipelineId, 21, 12.5m, 50, 400, 30),
        ProgressEvents.CostUpdate(run.TenantId, run.PipelineId, 1.25m),
    ];

    public static IReadOnlyList<NewEvent> OneOutput(LiveRun run) => [ProgressEvents.OutputReady(run.TenantId, run.PipelineId, 21, 1, "image", 1001)];

    /// <summary>Errors with long words, which fill buffers.</summary>
    public static IReadOnlyList<NewEvent> Floods(LiveRun run) =>
        [.. Enumerable.Range(1, 10).Select(n => ProgressEvents.Error(run.TenantId, run.PipelineId, 21, n, new string('x', 4000), true))];

    private async Task<int> CommitAsync(NpgsqlConnection connection, LiveRun run, IReadOnlyList<NewEvent> events)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var batches = await EventWriter.AppendAsync(connection, transaction, [], events, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        var start = Stopwatch.GetTimestamp();
        run.Sent(batches[0].LastNumber - events.Count + 1, events.Count, events.Count(progress => progress.Event == ProgressEvents.OutputReadyName), start);
        await transaction.CommitAsync();
        Commits.Add(Stopwatch.GetElapsedTime(start), events.Count);
        await _announcer.AnnounceAsync(batches, CancellationToken.None);
        return events.Count;
    }
}
