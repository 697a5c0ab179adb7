using System.Text.Json;
using Contracts.Generation;
using Npgsql;
using PipelineService.Pipelines;
using Providers.Traffic;
using ServiceDefaults;

namespace PipelineService.Orchestration;

/// <summary>An item that was just marked as dispatched, with all that its command needs.</summary>
internal sealed record ClaimedItem(
    long Id, long TenantId, long PipelineId, long StepId, int Attempt, int Units, decimal QuotedCost, ItemInput Input, MediaRef? Source,
    GenerationParameters? Resolved, string? ServedBy, byte[]? ReuseKey)
{
    private const string Plain =
        """
        select i.place from unnest($1, $2) as share (pipeline_id, count)
        cross join lateral (
            select ctid as place from pipeline.items
            where pipeline_id = share.pipeline_id and lane = $3 and open and status = 'queued' and (due_at is null or due_at <= $4)
            order by priority, ordinal, id limit share.count for update skip locked) i
        """;

    // What has a model of its own is claimed apart, over an index that holds nothing else.
    private const string Routed =
        """
        select i.place from unnest($1, $2, $6) as share (pipeline_id, count, own)
        cross join lateral (
            select ctid as place from pipeline.items
            where pipeline_id = share.pipeline_id and lane = $3 and open and status = 'queued' and resolved is null and (due_at is null or due_at <= $4)
            order by priority, ordinal, id limit case when share.own then 0 else share.count end for update skip locked) i
        union all
        select i.place from unnest($1, $2, $6, $7, $8) as share (pipeline_id, count, own, provider, model)
        cross join lateral (
            select ctid as place from pipeline.items
            where pipeline_id = share.pipeline_id and lane = $3 and open and status = 'queued' and resolved is not null and (due_at is null or due_at <= $4)
                and lower(served_by) = share.provider and resolved::jsonb->>'model' = share.model
            order by priority, ordinal, id limit case when share.own then share.count else 0 end for update skip locked) i
        """;

    /// <summary>Its model and parameters: its own after a retry with another model, else its step's.</summary>
    public GenerationParameters Asked(Step step) => Resolved ?? step.Resolved!;

    public string? Provider(Step step) => ServedBy ?? step.Provider;

    /// <summary>Stable for the item and attempt, whoever sends it and how often.</summary>
    public string RequestKey => $"{TenantId}-{Id}-{Attempt}";

    /// <summary>Whether it was claimed for a share.</summary>
    public bool IsOf(DispatchShare share) => PipelineId == share.PipelineId
        && (share.Route is not { } route || (share.OwnTerms ? Resolved is not null && ServedBy is not null && RouteKey.Of(ServedBy, Resolved.Model, route.TenantId) == route : Resolved is null));

    /// <summary>
    /// Marks the next due items of each pipeline as dispatched and counts them in its queue. Items that somebody else has locked are passed over.
    /// </summary>
    // The rows are locked, so their places hold; by id, and for the assets, the planner would read whole tables, because it cannot know how few there are.
    public static async Task<List<ClaimedItem>> ClaimAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string lane, IReadOnlyList<DispatchShare> shares, DateTimeOffset now, TimeSpan lease,
        CancellationToken cancellationToken)
    {
        var routed = shares.Any(share => share.Route is not null);
        await using var command = new NpgsqlCommand(
            $"""
            with claimed as ({(routed ? Routed : Plain)}),
            sent as (
                update pipeline.items i set status = 'dispatched', dispatched_at = $4, lease_until = $5, due_at = null
                where i.ctid = any (array(select place from claimed))
                returning i.id, i.tenant_id, i.pipeline_id, i.step_id, i.attempt, i.units, i.quoted_cost, i.input, i.source_asset_id, i.priority, i.ordinal,
                    i.resolved, i.served_by, i.reuse_key),
            counted as (
                update pipeline.dispatch_queues q
                set queued = greatest(q.queued - c.count, 0), in_flight = q.in_flight + c.count, virtual_time = q.virtual_time + c.count
                from (select pipeline_id, count(*)::int as count from sent group by pipeline_id) c
                where q.lane = $3 and q.pipeline_id = c.pipeline_id)
            select s.id, s.tenant_id, s.pipeline_id, s.step_id, s.attempt, s.units, s.quoted_cost, s.input,
                   a.object_key, a.sha256, a.content_type, a.width, a.height, a.bytes, a.duration_sec, a.poster_key,
                   s.resolved, s.served_by, s.reuse_key
            from sent s left join lateral (select * from pipeline.assets where id = s.source_asset_id and tenant_id = s.tenant_id limit 1) a on true
            order by s.pipeline_id, s.priority, s.ordinal, s.id
            """,
            connection,
            transaction)
        {
            Parameters =
            {
                new() { Value = shares.Select(share => share.PipelineId).ToArray() },
                new() { Value = shares.Select(share => share.Count).ToArray() },
                new() { Value = lane },
                new() { Value = now },
                new() { Value = now + lease },
            },
        };
        if (routed)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = shares.Select(share => share.OwnTerms).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = shares.Select(share => share.Route?.Provider ?? string.Empty).ToArray() });
            command.Parameters.Add(new NpgsqlParameter { Value = shares.Select(share => share.Route?.Model ?? string.Empty).ToArray() });
        }

        var items = new List<ClaimedItem>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            items.Add(new ClaimedItem(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetDecimal(6),
                JsonSerializer.Deserialize<ItemInput>(reader.GetString(7), PipelineJson.Options)!, Media(reader),
                reader.IsDBNull(16) ? null : JsonSerializer.Deserialize<GenerationParameters>(reader.GetString(16), PipelineJson.Options),
                reader.IsDBNull(17) ? null : reader.GetString(17), reader.IsDBNull(18) ? null : reader.GetFieldValue<byte[]>(18)));
        }

        return items;
    }

    private static MediaRef? Media(NpgsqlDataReader reader) => reader.IsDBNull(8)
        ? null
        : new MediaRef(
            reader.GetString(8), reader.GetString(9), reader.GetString(10), reader.GetInt32(11), reader.GetInt32(12), reader.GetInt64(13),
            reader.IsDBNull(14) ? null : reader.GetDecimal(14), reader.IsDBNull(15) ? null : reader.GetString(15));
}
