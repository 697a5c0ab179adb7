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

        var pipelines = await NumbersAsync(
            connection, transaction, "update pipeline.pipelines p set last_event = p.last_event + d.count from d where p.id = d.id returning p.id, p.last_event - d.count",
            Counts(events, progress => progress.PipelineId), cancellationToken);
        var tenants = await NumbersAsync(
            connection, transaction,
            """
            insert into pipeline.tenant_feeds as f (tenant_id, last_number) select id, count from d order by id
            on conflict (tenant_id) do update set last_number = f.last_number + excluded.last_number
            returning f.tenant_id, f.last_number - (select count from d where d.id = f.tenant_id)
            """,
            Counts(events, progress => progress.TenantId), cancellationToken);

        var rows = events.Select(progress => new ProgressEvent
        {
            TenantId = progress.TenantId,
            PipelineId = progress.PipelineId,
            Number = ++pipelines[progress.PipelineId],
            TenantNumber = ++tenants[progress.TenantId],
            Event = progress.Event,
            At = now,
            Data = JsonSerializer.Serialize(progress.Data, progress.Data.GetType(), PipelineJson.Options),
        }).ToList();
        await InsertAsync(connection, transaction, rows, now, cancellationToken);
        return rows;
    }

    private static SortedDictionary<long, long> Counts(IReadOnlyList<NewEvent> events, Func<NewEvent, long> key) =>
        new(events.GroupBy(key).ToDictionary(group => group.Key, group => (long)group.Count()));

    /// <summary>The number before the first free one, by id.</summary>
    private static async Task<Dictionary<long, long>> NumbersAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, SortedDictionary<long, long> counts, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("with d as (select * from unnest($1, $2) as d (id, count)) " + sql, connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = counts.Keys.ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = counts.Values.ToArray() });
        var numbers = new Dictionary<long, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            numbers[reader.GetInt64(0)] = reader.GetInt64(1);
        }

        return numbers;
    }

    private static async Task InsertAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, List<ProgressEvent> rows, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into pipeline.events (tenant_id, pipeline_id, number, tenant_number, event, at, data)
            select t, p, n, tn, e, $7, d from unnest($1, $2, $3, $4, $5, $6) as u (t, p, n, tn, e, d)
            """,
            connection,
            transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.TenantId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.PipelineId).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Number).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.TenantNumber).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Event).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(row => row.Data).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
