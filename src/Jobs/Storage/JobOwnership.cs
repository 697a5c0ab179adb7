using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs.Storage;

/// <summary>This process's name as an owner of jobs, kept alive by one row update a third of its life. Released at a clean stop, so that others take over at once.</summary>
public sealed class JobOwnership(NpgsqlDataSource database, WorkerOptions options, TimeProvider time, ILogger<JobOwnership> logger) : BackgroundService
{
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private readonly Absences _absences = new(options.AliveFor);
    private readonly long _start = time.GetTimestamp();

    /// <summary>Unique per process life.</summary>
    public string Me { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>Owners that have stopped saying that they live; their jobs are anybody's, as are those of owners that are not listed at all.</summary>
    public IReadOnlyList<string> Gone
    {
        get
        {
            lock (_lock)
            {
                return _absences.Gone(time.GetElapsedTime(_start));
            }
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first message: a job without a living owner is anybody's.
        await TryBeatAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Also when the time to stop has run out: whoever takes over need not wait then.
        using var limit = new CancellationTokenSource(ReleaseLimit);
        await TryAsync("delete from worker.owners where owner = $1", _ => { }, limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.AliveFor / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryBeatAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private Task TryBeatAsync(CancellationToken cancellationToken) => TryAsync(
        """
        with me as (
            insert into worker.owners (owner, alive_until) values ($1, clock_timestamp() + $2) on conflict (owner) do update set alive_until = excluded.alive_until)
        select owner from worker.owners where alive_until < clock_timestamp() and owner <> $1
        """,
        command => command.Parameters.Add(new NpgsqlParameter { Value = options.AliveFor }),
        cancellationToken);

    private async Task TryAsync(string sql, Action<NpgsqlCommand> add, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new NpgsqlParameter { Value = Me });
            add(command);
            var missed = new List<string>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                missed.Add(reader.GetString(0));
            }

            lock (_lock)
            {
                _absences.Look(missed, time.GetElapsedTime(_start));
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            logger.NotAlive(exception.Message);
        }
    }
}
