using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.Storage;

/// <summary>This process's name as an owner of jobs, kept alive by one row update a third of its life. Released at a clean stop, so that others take over at once.</summary>
public sealed class JobOwnership(NpgsqlDataSource database, WorkerOptions options, TimeProvider time, ILogger<JobOwnership> logger) : BackgroundService
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);
    private long? _steadySince;
    private long? _lastSign;

    /// <summary>Unique per process life.</summary>
    public string Me { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>For how long it has said so without a gap.</summary>
    public TimeSpan SteadyFor => _steadySince is { } since && !Gap ? time.GetElapsedTime(since) : TimeSpan.Zero;

    private bool Gap => _lastSign is not { } last || time.GetElapsedTime(last) > options.AliveFor / 2;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first message: a job without a living owner is anybody's.
        await TryBeatAsync(options.AliveFor, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Also when the time to stop has run out: whoever takes over need not wait then.
        using var limit = new CancellationTokenSource(ReleaseLimit);
        await TryBeatAsync(TimeSpan.Zero, limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.AliveFor / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryBeatAsync(options.AliveFor, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task TryBeatAsync(TimeSpan life, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand(
                "insert into worker.owners (owner, alive_until) values ($1, clock_timestamp() + $2) on conflict (owner) do update set alive_until = excluded.alive_until");
            command.Parameters.Add(new NpgsqlParameter { Value = Me });
            command.Parameters.Add(new NpgsqlParameter { Value = life });
            await command.ExecuteNonQueryAsync(cancellationToken);
            _steadySince = Gap ? time.GetTimestamp() : _steadySince;
            _lastSign = time.GetTimestamp();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            logger.NotAlive(exception.Message);
        }
    }
}
