using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;
using Testing;
using Testing.Studio;

namespace Benchmarks.Engine;

/// <summary>
/// The fewest durable operations the matrix needs over RabbitMQ, by hand: an item is one work and one result message, both persistent, confirmed and
/// acknowledged, and what the worker made of it is stored in a batch. No tenants, money, media, events or recovery: what a product can be held against.
/// </summary>
internal sealed class Floor : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private readonly TestDatabase _database;
    private readonly TestVhost _vhost;
    private readonly NpgsqlDataSource _source;
    private readonly FloorBroker _broker;
    private readonly Process _coordinator;
    private readonly Process _worker;
    private readonly IReadOnlyList<int> _roots;
    private readonly List<double> _rates = [], _firsts = [], _cpu = [];
    private int _run;
    private double _peak;

    private Floor(TestDatabase database, TestVhost vhost, NpgsqlDataSource source, FloorBroker broker)
    {
        (_database, _vhost, _source, _broker) = (database, vhost, source, broker);
        _coordinator = Start("coordinator", database, vhost);
        _worker = Start("worker", database, vhost);
        _roots = [Environment.ProcessId, _coordinator.Id, _worker.Id, TestServers.ProcessId];
    }

    public IReadOnlyList<int> ProcessIds => [_coordinator.Id, _worker.Id];

    /// <summary>Medians of the rounds so far.</summary>
    public EngineRow Row => new("floor", Report.Median(_rates), Report.Median(_firsts), Report.Median(_cpu), _peak);

    public static async Task<Floor> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        var vhost = await TestVhost.CreateAsync();
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ExecuteAsync(source, FloorItems.Schema);
        return new Floor(database, vhost, source, await FloorBroker.ConnectAsync(vhost.Uri, prefetch: 0));
    }

    /// <param name="timed">False for a warm-up, which counts for nothing.</param>
    /// <param name="beside">Processes of this one that have nothing to do with the floor.</param>
    public async Task RoundAsync(bool timed, params IReadOnlyList<int> beside)
    {
        await using var watch = Watch.Begin(_roots, beside);
        var run = ++_run;
        var start = Stopwatch.GetTimestamp();
        await AcceptAsync(_source, run);
        await Task.WhenAll(Enumerable.Range(0, EngineMatrix.Prompts).Select(prompt => _broker.SendAsync(FloorBroker.Work, new FloorItem(run, 0, prompt, 0))));
        while (await NumberAsync(_source, "select done from floor_run where id = $1", run) < EngineMatrix.Items)
        {
            await Task.Delay(LookEvery, TimeProvider.System);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (timed)
        {
            _rates.Add(EngineMatrix.Items / seconds);
            _cpu.Add(watch.CpuSeconds * 1000 / EngineMatrix.Items);
            _firsts.Add(await NumberAsync(
                _source, "select extract(epoch from min(i.at) - r.created)::float8 from floor_item i join floor_run r on r.id = i.run where i.run = $1 and i.kind = 2 group by r.created", run));
            _peak = Math.Max(_peak, watch.PeakMegabytes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _coordinator.Kill();
        _worker.Kill();
        _coordinator.Dispose();
        _worker.Dispose();
        await _broker.DisposeAsync();
        await _source.DisposeAsync();
        await _vhost.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static async Task AcceptAsync(NpgsqlDataSource source, int run)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var insert = new NpgsqlCommand("insert into floor_run (id) values ($1)", connection) { Parameters = { new() { Value = run } } })
        {
            await insert.ExecuteNonQueryAsync();
        }

        await using (var writer = await connection.BeginBinaryImportAsync("copy floor_item (run, kind, prompt, n) from stdin (format binary)"))
        {
            foreach (var item in FloorItems.Of(run))
            {
                await writer.StartRowAsync();
                await writer.WriteAsync(item.Run, NpgsqlDbType.Integer);
                await writer.WriteAsync(item.Kind, NpgsqlDbType.Integer);
                await writer.WriteAsync(item.Prompt, NpgsqlDbType.Integer);
                await writer.WriteAsync(item.N, NpgsqlDbType.Integer);
            }

            await writer.CompleteAsync();
        }

        await transaction.CommitAsync();
    }

    private static Process Start(string role, TestDatabase database, TestVhost vhost)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Floor).Assembly.Location, "floor", role])
        {
            WorkingDirectory = Repository.Root,
            Environment = { ["FLOOR_POSTGRES"] = database.ConnectionString, ["FLOOR_RABBITMQ"] = vhost.Uri },
        };
        return Process.Start(start)!;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<double> NumberAsync(NpgsqlDataSource source, string sql, int run)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = run });
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
