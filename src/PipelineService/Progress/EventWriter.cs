using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using ServiceDefaults;

namespace PipelineService.Progress;

/// <summary>
/// Numbers and writes events, last in the transaction that causes them: the tenant's feed row is locked from here to the commit, so that the feed
/// has no gaps and nothing appears behind a reader's back.
/// </summary>
public static class EventWriter
{
    /// <param name="events">In the order in which they are to appear.</param>
    public static async Task<IReadOnlyList<ProgressEvent>> AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<NewEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return [];
        }

        var data = events.Select(progress => JsonSerializer.Serialize(progress.Data, progress.Data.GetType(), PipelineJson.Options)).ToArray();
        var numbers = await InsertAsync(connection, transaction, events, data, now, cancellationToken);
        return
        [
            .. events.Select((progress, place) =>
            {
                var (number, tenantNumber) = numbers[progress.PipelineId].Dequeue();
                return new ProgressEvent
                {
                    TenantId = progress.TenantId,
                    PipelineId = progress.PipelineId,
                    Number = number,
                    TenantNumber = tenantNumber,
                    Event = progress.Event,
                    At = now,
                    Data = data[place],
                };
            }),
        ];
    }

    /// <summary>Counts, numbers and writes in one statement; the numbers of each pipeline's events come back in their order.</summary>
    private static async Task<Dictionary<long, Queue<(long Number, long TenantNumber)>>> InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<NewEvent> events, string[] data, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with d as (select * from unnest($1, $2, $3, $4) with ordinality as d (tenant_id, pipeline_id, event, data, place)),
            p as (
                update pipeline.pipelines p set last_event = p.last_event + c.count
                from (select pipeline_id, count(*) as count from d group by pipeline_id) c where p.id = c.pipeline_id
                returning p.id, p.last_event - c.count as before),
            t as (
                insert into pipeline.tenant_feeds as f (tenant_id, last_number) select tenant_id, count(*) from d group by tenant_id order by tenant_id
                on conflict (tenant_id) do update set last_number = f.last_number + excluded.last_number
                returning f.tenant_id, f.last_number - (select count(*) from d where d.tenant_id = f.tenant_id) as before),
            written as (
                insert into pipeline.events (tenant_id, pipeline_id, number, tenant_number, event, at, data)
                select d.tenant_id, d.pipeline_id, p.before + row_number() over (partition by d.pipeline_id order by d.place),
                       t.before + row_number() over (partition by d.tenant_id order by d.place), d.event, $5, d.data
                from d join p on p.id = d.pipeline_id join t on t.tenant_id = d.tenant_id
                returning pipeline_id, number, tenant_number)
            select pipeline_id, number, tenant_number from written order by pipeline_id, number
            """,
            connection,
            transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(progress => progress.TenantId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(progress => progress.PipelineId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = events.Select(progress => progress.Event).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = data, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        var numbers = new Dictionary<long, Queue<(long Number, long TenantNumber)>>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var pipeline = reader.GetInt64(0);
            (numbers.TryGetValue(pipeline, out var known) ? known : numbers[pipeline] = new()).Enqueue((reader.GetInt64(1), reader.GetInt64(2)));
        }

        return numbers;
    }
}
