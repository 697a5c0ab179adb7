using System.Collections.Concurrent;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using Testing.Studio;

namespace Chaos.Tests;

/// <summary>Makes a plan's faults happen to a running studio. Several may be under way at once; all have passed when <see cref="SettledAsync"/> returns.</summary>
public sealed class FaultInjector(RunningStudio studio, Broker broker)
{
    private readonly ConcurrentBag<Task> _underWay = [];
    private readonly Lock _gate = new();
    private readonly HashSet<ServiceProcess> _down = [];
    private readonly ConcurrentQueue<string> _notes = new();

    /// <summary>What happened when, for the report of a failure.</summary>
    public IEnumerable<string> Notes => _notes;

    /// <param name="share">The share of items that have ended; null while nobody can tell.</param>
    public async Task RunAsync(ChaosPlan plan, Func<Task<double?>> share)
    {
        var start = TimeProvider.System.GetTimestamp();
        foreach (var timed in plan.Faults)
        {
            var waiting = TimeProvider.System.GetTimestamp();
            double? seen = null;
            while (TimeProvider.System.GetElapsedTime(waiting).TotalMilliseconds < timed.PatienceMs)
            {
                seen = await share() ?? seen;
                if (seen >= timed.AfterShare)
                {
                    break;
                }

                await Task.Delay(Ms(100), TimeProvider.System, CancellationToken.None);
            }

            _notes.Enqueue($"{TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.0} s, {seen:P0} ended: {timed.Fault}");
            _underWay.Add(Task.Run(() => DoAsync(timed.Fault), CancellationToken.None));
        }
    }

    /// <summary>Waits until every fault has passed and every service runs.</summary>
    public async Task SettledAsync()
    {
        await Task.WhenAll(_underWay);
        _underWay.Clear();
    }

    private async Task DoAsync(Fault fault)
    {
        try
        {
            await (fault switch
            {
                Fault.Kill kill => KillAsync(kill),
                Fault.Restart restart => PrivateServers.KillAsync(restart.Server),
                Fault.EmptyRedis => studio.RedisAsync("FLUSHALL"),
                Fault.EmptyQueues => broker.EmptyAsync(),
                Fault.Twice twice => broker.TwiceAsync(twice.Queue, Ms(twice.ForMs), Ms(twice.LaterMs)),
                Fault.Late late => broker.LateAsync(late.Queue, Ms(late.ForMs), Ms(late.LaterMs)),
                Fault.Reversed reversed => broker.ReversedAsync(reversed.Queue, Ms(reversed.ForMs)),
                Fault.LeasesRunOut => SqlAsync("update pipeline.items set lease_until = now() - interval '1 hour' where status in ('dispatched', 'running')"),
                Fault.OwnersRunOut => SqlAsync("update worker.owners set alive_until = now() - interval '1 hour'"),
                Fault.OutboxLeasesRunOut => SqlAsync("update pipeline.outbox set leased_until = now() - interval '1 hour' where leased_until is not null"),
                _ => throw new NotSupportedException($"Nobody knows how to do {fault}."),
            });
        }
        catch (Exception exception) when (exception is NpgsqlException or HttpRequestException or IOException or System.Net.Sockets.SocketException or RabbitMQClientException or OperationCanceledException)
        {
            // Another fault has its server down just now.
            _notes.Enqueue($"{fault} broke off: {exception.GetBaseException().Message}");
        }
    }

    private async Task KillAsync(Fault.Kill kill)
    {
        var service = studio.Service(kill.Service, kill.Replica);
        lock (_gate)
        {
            if (!_down.Add(service))
            {
                return;
            }
        }

        await service.KillAsync();
        await Task.Delay(Ms(kill.DownMs), TimeProvider.System);
        service.Start();
        lock (_gate)
        {
            _down.Remove(service);
        }
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = await studio.ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
