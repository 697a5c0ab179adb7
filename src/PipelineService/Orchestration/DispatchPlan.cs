namespace PipelineService.Orchestration;

/// <summary>A queue that has something to send.</summary>
/// <param name="InFlight">Items of it that are sent and not back.</param>
/// <param name="VirtualTime">Items sent so far, counted from where it came in; the smallest goes next.</param>
public readonly record struct WaitingQueue(long TenantId, long PipelineId, int Queued, int InFlight, double VirtualTime);

/// <summary>How many items of a pipeline go now.</summary>
public readonly record struct DispatchShare(long PipelineId, int Count);

/// <summary>Where a pipeline stands among those that wait.</summary>
/// <param name="Position">From 1, by whose next item goes first.</param>
/// <param name="Ahead">Items of others that go before its next one.</param>
public readonly record struct QueuePlace(int Position, int Ahead);

/// <summary>
/// Divides the room in a lane: always to the tenant with the least in flight for its weight, and within it to the pipeline that has had least. So one tenant's
/// ten thousand items never delay another's one, and a small run passes a big one. Pure.
/// </summary>
public static class DispatchPlan
{
    private const int FarthestLook = 20_000;
    private static readonly DispatchOptions Even = new();

    /// <summary>The queues after a claim. One that did not fill its share has nothing more that is due.</summary>
    /// <param name="claimed">Items by pipeline.</param>
    public static List<WaitingQueue> After(IReadOnlyList<WaitingQueue> queues, IReadOnlyList<DispatchShare> shares, IReadOnlyDictionary<long, int> claimed)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(shares);
        ArgumentNullException.ThrowIfNull(claimed);
        var asked = shares.ToDictionary(share => share.PipelineId, share => share.Count);
        return [.. queues.Select(queue =>
        {
            var got = claimed.GetValueOrDefault(queue.PipelineId);
            var dry = got < asked.GetValueOrDefault(queue.PipelineId);
            return queue with { Queued = dry ? 0 : queue.Queued - got, InFlight = queue.InFlight + got, VirtualTime = queue.VirtualTime + got };
        })];
    }

    /// <param name="room">Items that may be sent now.</param>
    /// <param name="shares">Weights and limits of tenants; left out, all weigh the same.</param>
    public static IReadOnlyList<DispatchShare> Divide(IReadOnlyList<WaitingQueue> queues, int room, DispatchOptions? shares = null)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var counts = new SortedDictionary<long, int>();
        foreach (var pipeline in Turns(queues, tenant => (shares ?? Even).Of(tenant)).Take(Math.Max(0, room)))
        {
            counts[pipeline] = counts.GetValueOrDefault(pipeline) + 1;
        }

        return [.. counts.Select(pair => new DispatchShare(pair.Key, pair.Value))];
    }

    /// <summary>Where each pipeline that has something queued stands: in which order their next items go, and how many of others go before. Limits of tenants do not move anybody.</summary>
    public static IReadOnlyDictionary<long, QueuePlace> Places(IReadOnlyList<WaitingQueue> queues, DispatchOptions? shares = null)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var waiting = queues.Where(queue => queue.Queued > 0).Select(queue => queue.PipelineId).ToHashSet();
        var places = new Dictionary<long, QueuePlace>(waiting.Count);
        var ahead = 0;
        foreach (var pipeline in Turns(queues, tenant => (shares ?? Even).Of(tenant) with { MaxInFlight = int.MaxValue }).Take(FarthestLook))
        {
            if (places.TryAdd(pipeline, new QueuePlace(places.Count + 1, ahead)) && places.Count == waiting.Count)
            {
                return places;
            }

            ahead++;
        }

        foreach (var pipeline in waiting.Where(pipeline => !places.ContainsKey(pipeline)))
        {
            places[pipeline] = new QueuePlace(places.Count + 1, ahead);
        }

        return places;
    }

    /// <summary>Whose item goes, turn by turn, as long as there is one that may.</summary>
    private static IEnumerable<long> Turns(IReadOnlyList<WaitingQueue> queues, Func<long, TenantShare> share)
    {
        var tenants = new PriorityQueue<Tenant, (double InFlight, double VirtualTime)>();
        foreach (var group in queues.GroupBy(queue => queue.TenantId))
        {
            var tenant = new Tenant(group, share(group.Key));
            if (tenant.HasMore)
            {
                tenants.Enqueue(tenant, tenant.Key);
            }
        }

        while (tenants.TryDequeue(out var tenant, out _))
        {
            yield return tenant.Take();
            if (tenant.HasMore)
            {
                tenants.Enqueue(tenant, tenant.Key);
            }
        }
    }

    private sealed class Tenant
    {
        private readonly PriorityQueue<WaitingQueue, (double VirtualTime, long PipelineId)> _pipelines = new();
        private readonly TenantShare _share;
        private int _inFlight;

        public Tenant(IEnumerable<WaitingQueue> queues, TenantShare share)
        {
            _share = share;
            foreach (var queue in queues)
            {
                _inFlight += queue.InFlight;
                if (queue.Queued > 0)
                {
                    _pipelines.Enqueue(queue, (queue.VirtualTime, queue.PipelineId));
                }
            }
        }

        public bool HasMore => _pipelines.Count > 0 && _inFlight < _share.MaxInFlight;

        public (double InFlight, double VirtualTime) Key => (_inFlight / _share.Weight, _pipelines.Peek().VirtualTime);

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
