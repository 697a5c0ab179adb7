using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using ServiceDefaults.Messaging;
using ServiceDefaults.Storage;

namespace ServiceDefaults.MassTransitEf;

/// <summary>
/// Publishes committed messages with broker confirms, then deletes them. Any number of processes may run it: rows are leased with
/// SKIP LOCKED. A message may leave twice (a crash between confirm and delete), never not at all.
/// </summary>
public sealed class OutboxDispatcher(NpgsqlDataSource database, DatabaseAddress address, IBus bus, OutboxSignal signal, BrokerLine line, TimeProvider time, ILogger<OutboxDispatcher> logger)
    : BackgroundService
{
    private const int BatchSize = 200;
    private static readonly ActivitySource Activities = new("Pipeline.Outbox");
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DispatchAsync(stoppingToken) < BatchSize)
                {
                    await signal.WaitAsync(LookEvery, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                logger.OutboxWaits(exception.Message);
                await Task.Delay(LookEvery, time, stoppingToken);
            }
        }
    }

    private async Task<int> DispatchAsync(CancellationToken cancellationToken)
    {
        var rows = await LeaseAsync(cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        var sent = await Task.WhenAll(rows.Select(row => SendAsync(row, cancellationToken)));
        await FinishAsync(
            [.. rows.Where((_, index) => sent[index]).Select(row => row.Id)],
            [.. rows.Where((_, index) => !sent[index]).Select(row => row.Id)]);
        return rows.Count;
    }

    private async Task<List<OutboxMessage>> LeaseAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"""
            update {address.Schema}.outbox o set leased_until = now() + interval '30 seconds', attempts = o.attempts + 1
            from (select id from {address.Schema}.outbox where leased_until is null or leased_until < now()
                  order by id limit {BatchSize} for update skip locked) due
            where o.id = due.id
            returning o.id, o.tenant_id, o.message_id, o.type, o.body, o.queue, o.trace_parent, o.created_at
            """);
        var rows = new List<OutboxMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new OutboxMessage
            {
                Id = reader.GetInt64(0),
                TenantId = reader.GetInt64(1),
                MessageId = reader.GetGuid(2),
                Type = reader.GetString(3),
                Body = reader.GetString(4),
                Queue = reader.IsDBNull(5) ? null : reader.GetString(5),
                TraceParent = reader.IsDBNull(6) ? null : reader.GetString(6),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(7),
            });
        }

        rows.Sort((left, right) => left.Id.CompareTo(right.Id));
        return rows;
    }

    private async Task<bool> SendAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        // Without a parent the message would start a trace of its own.
        using var activity = row.TraceParent is null ? null : Activities.StartActivity("outbox send", ActivityKind.Internal, row.TraceParent);
        try
        {
            var message = Outbox.Read(row);
            if (row.Queue is null)
            {
                await line.ConfirmedAsync(
                    row.Type, bus.Publish(message, message.GetType(), context => context.MessageId = row.MessageId, CancellationToken.None), cancellationToken);
            }
            else
            {
                var endpoint = await bus.GetSendEndpoint(new Uri("queue:" + row.Queue));
                await line.ConfirmedAsync(
                    row.Queue,
                    endpoint.Send(message, message.GetType(), Pipe.Execute<SendContext>(context => context.MessageId = row.MessageId), CancellationToken.None),
                    cancellationToken);
            }

            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.OutboxKeeps(row.Id, row.Type, exception.Message);
            return false;
        }
    }

    private async Task FinishAsync(long[] sent, long[] kept)
    {
        await using var command = database.CreateCommand($"""
            with gone as (delete from {address.Schema}.outbox where id = any($1))
            update {address.Schema}.outbox set leased_until = null where id = any($2)
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = sent });
        command.Parameters.Add(new NpgsqlParameter { Value = kept });
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
