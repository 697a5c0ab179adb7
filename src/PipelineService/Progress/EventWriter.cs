using System.Buffers;
using System.Text;
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
    private static readonly JsonWriterOptions AsForClients = new() { Encoder = PipelineJson.Options.Encoder };

    /// <param name="before">Statements that return no rows, to be executed first, in the same exchange.</param>
    /// <param name="events">In the order in which they are to appear in their pipeline's feed.</param>
    /// <returns>A batch for each pipeline.</returns>
    public static async Task<IReadOnlyList<EventBatch>> AppendAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<NpgsqlBatchCommand> before, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(events);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in before)
        {
            batch.BatchCommands.Add(statement);
        }

        if (events.Count == 0)
        {
            if (before.Count > 0)
            {
                await batch.ExecuteNonQueryAsync(cancellationToken);
            }

            return [];
        }

        // Pipelines in the order of their ids, as everywhere: their rows are locked, if they are not yet.
        var groups = events.GroupBy(progress => (progress.TenantId, progress.PipelineId)).OrderBy(group => group.Key.PipelineId).ToList();
        var texts = groups.ToDictionary(group => group.Key.PipelineId, group => (Count: group.Count(), Json: Write(group)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            """
            with g as (select * from unnest($1, $2, $3, $4) as g (tenant_id, pipeline_id, count, events)),
            p as (
                update pipeline.pipelines p set last_event = p.last_event + g.count from g where p.id = g.pipeline_id and p.tenant_id = g.tenant_id
                returning p.id, p.tenant_id, g.count, p.last_event, g.events),
            t as (
                insert into pipeline.tenant_feeds as f (tenant_id, last_number) select tenant_id, sum(count) from p group by tenant_id order by tenant_id
                on conflict (tenant_id) do update set last_number = f.last_number + excluded.last_number
                returning f.tenant_id, f.last_number)
            insert into pipeline.event_batches (tenant_id, pipeline_id, last_number, last_tenant_number, count, at, events)
            select p.tenant_id, p.id, p.last_event, t.last_number + p.count - sum(p.count) over (partition by p.tenant_id order by p.id desc), p.count, $5, p.events
            from p join t on t.tenant_id = p.tenant_id
            returning tenant_id, pipeline_id, last_number, last_tenant_number
            """)
        {
            Parameters =
            {
                new() { Value = groups.Select(group => group.Key.TenantId).ToArray() },
                new() { Value = groups.Select(group => group.Key.PipelineId).ToArray() },
                new() { Value = groups.Select(group => texts[group.Key.PipelineId].Count).ToArray() },
                new() { Value = groups.Select(group => texts[group.Key.PipelineId].Json).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json },
                new() { Value = now },
            },
        });
        var batches = new List<EventBatch>(groups.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (count, json) = texts[reader.GetInt64(1)];
            batches.Add(new EventBatch
            {
                TenantId = reader.GetInt64(0),
                PipelineId = reader.GetInt64(1),
                LastNumber = reader.GetInt64(2),
                LastTenantNumber = reader.GetInt64(3),
                Count = count,
                At = now,
                Events = json,
            });
        }

        return batches;
    }

    private static string Write(IEnumerable<NewEvent> events)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, AsForClients))
        {
            json.WriteStartArray();
            foreach (var progress in events)
            {
                json.WriteStartArray();
                json.WriteStringValue(progress.Event);
                JsonSerializer.Serialize(json, progress.Data, progress.Data.GetType(), PipelineJson.Options);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
