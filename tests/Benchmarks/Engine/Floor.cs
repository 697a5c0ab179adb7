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
internal static class Floor
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    public static async Task<EngineRow> MeasureAsync(int warmups, int rounds)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var vhost = await TestVhost.CreateAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await ExecuteAsync(source, FloorItems.Schema);
        await using var broker = await FloorBroker.ConnectAsync(vhost.Uri, prefetch: 0);
        using var coordinator = Start("coordinator", database, vhost);
        using var worker = Start("worker", database, vhost);
        IReadOnlyList<int> roots = [Environment.ProcessId, coordinator.Id, worker.Id, TestServers.ProcessId];
        List<double> rates = [], firsts = [], cpu = [];
        var peak = 0d;
        try
        {
            for (var round = -warmups; round < rounds; round++)
            {
                await using var watch = Watch.Begin(roots);
                var run = round + warmups + 1;
                var start = Stopwatch.GetTimestamp();
                await AcceptAsync(source, run);
                await Task.WhenAll(Enumerable.Range(0, EngineMatrix.Prompts).Select(prompt => broker.SendAsync(FloorBroker.Work, new FloorItem(run, 0, prompt, 0))));
                while (await NumberAsync(source, "select done from floor_run where id = $1", run) < EngineMatrix.Items)
                {
                    await Task.Delay(LookEvery, TimeProvider.System);
                }

                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round >= 0)
                {
                    rates.Add(EngineMatrix.Items / seconds);
                    cpu.Add(watch.CpuSeconds * 1000 / EngineMatrix.Items);
                    firsts.Add(await NumberAsync(
                        source, "select extract(epoch from min(i.at) - r.created)::float8 from floor_item i join floor_run r on r.id = i.run where i.run = $1 and i.kind = 2 group by r.created", run));
                    peak = Math.Max(peak, watch.PeakMegabytes);
                }
            }
        }
        finally
        {
            coordinator.Kill();
            worker.Kill();
        }

        return new EngineRow("floor", Report.Median(rates), Report.Median(firsts), Report.Median(cpu), peak);
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
