using Npgsql;
using NpgsqlTypes;

namespace PipelineService.Orchestration;

/// <summary>Collects what a transaction does to the dispatch queues, and writes it in one statement, in key order.</summary>
internal sealed class QueueDeltas
{
    private readonly SortedDictionary<(string Lane, long PipelineId), Delta> _deltas = [];

    /// <param name="held">Whether a queue that does not exist yet starts held.</param>
    public void Add(string lane, long tenantId, long pipelineId, int queued, int inFlight, bool held = false)
    {
        var key = (lane, pipelineId);
        var delta = _deltas.GetValueOrDefault(key) ?? new Delta(tenantId);
        _deltas[key] = delta;
        delta.Queued += queued;
        delta.InFlight += inFlight;
        delta.Held |= held;
    }

    public IReadOnlyCollection<string> Lanes => [.. _deltas.Where(pair => pair.Value.Queued > 0 || pair.Value.InFlight < 0).Select(pair => pair.Key.Lane).Distinct()];

    /// <summary>The statement that writes them; null when nothing changes.</summary>
    public NpgsqlBatchCommand? Write()
    {
        var rows = _deltas.Where(pair => pair.Value.Queued != 0 || pair.Value.InFlight != 0).ToList();
        if (rows.Count == 0)
        {
            return null;
        }

        // A newcomer starts level with whoever has waited least, so that it neither jumps ahead for ever nor waits behind history.
        return LedgerTransaction.Statement(
            """
            with d as (select * from unnest($1, $2, $3, $4, $5, $6) as d (lane, pipeline_id, tenant_id, queued, in_flight, held)),
            locked as materialized (
                select q.lane, q.pipeline_id from pipeline.dispatch_queues q join d on q.lane = d.lane and q.pipeline_id = d.pipeline_id
                order by q.lane, q.pipeline_id for update of q),
            there as (
                update pipeline.dispatch_queues q
                set queued = greatest(q.queued + d.queued, 0), in_flight = greatest(q.in_flight + d.in_flight, 0)
                from d join locked l on l.lane = d.lane and l.pipeline_id = d.pipeline_id
                where q.lane = d.lane and q.pipeline_id = d.pipeline_id
                returning q.lane, q.pipeline_id)
            insert into pipeline.dispatch_queues (lane, pipeline_id, tenant_id, queued, in_flight, held, virtual_time)
            select d.lane, d.pipeline_id, d.tenant_id, greatest(d.queued, 0), greatest(d.in_flight, 0), d.held,
                   coalesce((select min(o.virtual_time) from pipeline.dispatch_queues o where o.lane = d.lane and o.queued + o.in_flight > 0), 0)
            from d where not exists (select 1 from there t where t.lane = d.lane and t.pipeline_id = d.pipeline_id)
            """,
            rows.Select(row => row.Key.Lane).ToArray(),
            rows.Select(row => row.Key.PipelineId).ToArray(),
            rows.Select(row => row.Value.TenantId).ToArray(),
            ItemUpdate.Column(rows, row => row.Value.Queued, NpgsqlDbType.Integer),
            ItemUpdate.Column(rows, row => row.Value.InFlight, NpgsqlDbType.Integer),
            rows.Select(row => row.Value.Held).ToArray());
    }

    private sealed class Delta(long tenantId)
    {
        public long TenantId => tenantId;

        public int Queued { get; set; }

        public int InFlight { get; set; }

        public bool Held { get; set; }
    }
}
