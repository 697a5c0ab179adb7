using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace Benchmarks.Engine;

/// <summary>The floor's two processes: a worker that answers every item, and a coordinator that stores answers in batches and sends what follows.</summary>
internal static class FloorProcess
{
    private const ushort WorkerPrefetch = 500;
    private const ushort CoordinatorPrefetch = 2000;
    private const int MostAtOnce = 500;

    public static async Task RunAsync(string role)
    {
        var broker = await FloorBroker.ConnectAsync(Environment.GetEnvironmentVariable("FLOOR_RABBITMQ")!, role == "worker" ? WorkerPrefetch : CoordinatorPrefetch);
        await (role == "worker" ? WorkAsync(broker) : CoordinateAsync(broker));
    }

    private static async Task WorkAsync(FloorBroker broker)
    {
        await broker.ConsumeAsync(FloorBroker.Work, (tag, item, nothing) =>
        {
            _ = AnswerAsync(tag, item);
            return Task.CompletedTask;
        });
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

        async Task AnswerAsync(ulong tag, FloorItem item)
        {
            await broker.SendAsync(FloorBroker.Results, item, item.Result);
            await broker.AckAsync(tag, multiple: false);
        }
    }

    private static async Task CoordinateAsync(FloorBroker broker)
    {
        var inbox = Channel.CreateUnbounded<(ulong Tag, FloorItem Item, string Result)>();
        await broker.ConsumeAsync(FloorBroker.Results, (tag, item, result) =>
        {
            inbox.Writer.TryWrite((tag, item, result));
            return Task.CompletedTask;
        });
        await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("FLOOR_POSTGRES")!);
        await using var connection = await source.OpenConnectionAsync();
        await using var store = new NpgsqlCommand(FloorItems.Store, connection);
        for (var column = 0; column < 4; column++)
        {
            store.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        }

        store.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var acknowledged = Task.CompletedTask;
        var batch = new List<(ulong Tag, FloorItem Item, string Result)>();
        while (await inbox.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && inbox.Reader.TryRead(out var answer))
            {
                batch.Add(answer);
            }

            var following = await StoreAsync(store, batch);

            // Acknowledged once the commit and the confirms of all that follows are in; the next batch does not wait for that.
            acknowledged = AcknowledgeAsync(acknowledged, [.. following.Select(item => broker.SendAsync(FloorBroker.Work, item))], batch[^1].Tag);
        }

        async Task AcknowledgeAsync(Task before, Task[] sent, ulong tag)
        {
            await before;
            await Task.WhenAll(sent);
            await broker.AckAsync(tag, multiple: true);
        }
    }

    private static async Task<List<FloorItem>> StoreAsync(NpgsqlCommand store, List<(ulong Tag, FloorItem Item, string Result)> batch)
    {
        store.Parameters[0].Value = batch.Select(answer => answer.Item.Run).ToArray();
        store.Parameters[1].Value = batch.Select(answer => answer.Item.Kind).ToArray();
        store.Parameters[2].Value = batch.Select(answer => answer.Item.Prompt).ToArray();
        store.Parameters[3].Value = batch.Select(answer => answer.Item.N).ToArray();
        store.Parameters[4].Value = batch.Select(answer => answer.Result).ToArray();
        if (!store.IsPrepared)
        {
            await store.PrepareAsync();
        }

        var following = new List<FloorItem>();
        await using var reader = await store.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            following.AddRange(FloorItems.After(new FloorItem(reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3))));
        }

        return following;
    }
}
