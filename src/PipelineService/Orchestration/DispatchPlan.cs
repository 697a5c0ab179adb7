namespace PipelineService.Orchestration;

/// <summary>A queue that has something to send.</summary>
/// <param name="InFlight">Items of it that are sent and not back.</param>
/// <param name="VirtualTime">Items sent so far, counted from where it came in; the smallest goes next.</param>
public readonly record struct WaitingQueue(long TenantId, long PipelineId, int Queued, int InFlight, double VirtualTime);

/// <summary>How many items of a pipeline go now.</summary>
public readonly record struct DispatchShare(long PipelineId, int Count);

/// <summary>
/// Divides the room in a lane: always to the tenant with the least in flight, and within it to the pipeline that has had least. So one tenant's
/// ten thousand items never delay another's one, and a small run passes a big one. Pure.
/// </summary>
public static class DispatchPlan
{
    /// <param name="room">Items that may be sent now.</param>
    public static IReadOnlyList<DispatchShare> Divide(IReadOnlyList<WaitingQueue> queues, int room)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var tenants = new PriorityQueue<Tenant, (int InFlight, double VirtualTime)>();
        foreach (var group in queues.GroupBy(queue => queue.TenantId))
        {
            var tenant = new Tenant(group);
            if (tenant.HasMore)
            {
                tenants.Enqueue(tenant, tenant.Key);
            }
        }

        var counts = new SortedDictionary<long, int>();
        while (room > 0 && tenants.TryDequeue(out var tenant, out _))
        {
            var pipeline = tenant.Take();
            counts[pipeline] = counts.GetValueOrDefault(pipeline) + 1;
            room--;
            if (tenant.HasMore)
            {
                tenants.Enqueue(tenant, tenant.Key);
            }
        }

        return [.. counts.Select(pair => new DispatchShare(pair.Key, pair.Value))];
    }

    private sealed class Tenant
    {
        private readonly PriorityQueue<WaitingQueue, (double VirtualTime, long PipelineId)> _pipelines = new();
        private int _inFlight;

        public Tenant(IEnumerable<WaitingQueue> queues)
        {
            foreach (var queue in queues)
            {
                _inFlight += queue.InFlight;
                if (queue.Queued > 0)
                {
                    _pipelines.Enqueue(queue, (queue.VirtualTime, queue.PipelineId));
                }
            }
        }

        public bool HasMore => _pipelines.Count > 0;

        public (int InFlight, double VirtualTime) Key => (_inFlight, _pipelines.Peek().VirtualTime);

        public long Take()
        {
            var queue = _pipelines.Dequeue();
            _inFlight++;
            if (queue.Queued > 1)
            {
                var left = queue with { Queued = queue.Queued - 1, VirtualTime = queue.VirtualTime + 1 };
                _pipelines.Enqueue(left, (left.VirtualTime, left.PipelineId));
            }

            return queue.PipelineId;
        }
    }
}
