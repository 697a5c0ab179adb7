using Providers.Traffic;

namespace PipelineService.Orchestration;

/// <summary>A queue that has something to send.</summary>
/// <param name="InFlight">Items of it that are sent and not back.</param>
/// <param name="VirtualTime">Items sent so far, counted from where it came in; the smallest goes next.</param>
/// <param name="Route">Whom its items ask for what; null where no route is limited.</param>
/// <param name="OwnTerms">It is the part of a pipeline whose items have a model of their own.</param>
public readonly record struct WaitingQueue(long TenantId, long PipelineId, int Queued, int InFlight, double VirtualTime, RouteKey? Route = null, bool OwnTerms = false);

/// <summary>How many items of a pipeline go now.</summary>
/// <param name="Route">Only items of this route; null for all.</param>
/// <param name="OwnTerms">Only items with a model of their own.</param>
public readonly record struct DispatchShare(long PipelineId, int Count, RouteKey? Route = null, bool OwnTerms = false);

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
    /// <param name="rooms">What may still be sent of limited routes; is used up. A queue whose route has no room counts as empty.</param>
    public static IReadOnlyList<DispatchShare> Divide(IReadOnlyList<WaitingQueue> queues, int room, DispatchOptions? shares = null, Dictionary<RouteKey, int>? rooms = null)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var counts = new Dictionary<(long PipelineId, RouteKey? Route, bool OwnTerms), int>();
        foreach (var queue in Turns(queues, tenant => (shares ?? Even).Of(tenant), rooms).Take(Math.Max(0, room)))
        {
            var part = (queue.PipelineId, queue.Route, queue.OwnTerms);
            counts[part] = counts.GetValueOrDefault(part) + 1;
        }

        return [.. counts.OrderBy(pair => pair.Key.PipelineId).Select(pair => new DispatchShare(pair.Key.PipelineId, pair.Value, pair.Key.Route, pair.Key.OwnTerms))];
    }

    /// <summary>Where each pipeline that has something queued stands: in which order their next items go, and how many of others go before. Limits of tenants do not move anybody.</summary>
    public static IReadOnlyDictionary<long, QueuePlace> Places(IReadOnlyList<WaitingQueue> queues, DispatchOptions? shares = null)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var waiting = queues.Where(queue => queue.Queued > 0).Select(queue => queue.PipelineId).ToHashSet();
        var places = new Dictionary<long, QueuePlace>(waiting.Count);
        var ahead = 0;
        foreach (var queue in Turns(queues, tenant => (shares ?? Even).Of(tenant) with { MaxInFlight = int.MaxValue }, rooms: null).Take(FarthestLook))
        {
            if (places.TryAdd(queue.PipelineId, new QueuePlace(places.Count + 1, ahead)) && places.Count == waiting.Count)
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
    private static IEnumerable<WaitingQueue> Turns(IReadOnlyList<WaitingQueue> queues, Func<long, TenantShare> share, Dictionary<RouteKey, int>? rooms)
    {
        var tenants = new PriorityQueue<Tenant, (double InFlight, double VirtualTime)>();
        foreach (var group in queues.GroupBy(queue => queue.TenantId))
        {
            var tenant = new Tenant(group, share(group.Key), rooms);
            if (tenant.HasMore)
            {
                tenants.Enqueue(tenant, tenant.Key);
            }
        }

        while (tenants.TryDequeue(out var tenant, out _))
        {
            // Another tenant may have taken the last room of its route since.
            if (tenant.HasMore)
            {
                yield return tenant.Take();
            }

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
        private readonly Dictionary<RouteKey, int>? _rooms;
        private int _inFlight;

        public Tenant(IEnumerable<WaitingQueue> queues, TenantShare share, Dictionary<RouteKey, int>? rooms)
        {
            (_share, _rooms) = (share, rooms);
            foreach (var queue in queues)
            {
                _inFlight += queue.InFlight;
                if (queue.Queued > 0)
                {
                    _pipelines.Enqueue(queue, (queue.VirtualTime, queue.PipelineId));
                }
            }
        }

        public bool HasMore
        {
            get
            {
                while (_pipelines.TryPeek(out var next, out _) && !HasRoom(next))
                {
                    _pipelines.Dequeue();
                }

                return _pipelines.Count > 0 && _inFlight < _share.MaxInFlight;
            }
        }

        public (double InFlight, double VirtualTime) Key => (_inFlight / _share.Weight, _pipelines.Peek().VirtualTime);

        public WaitingQueue Take()
        {
            var queue = _pipelines.Dequeue();
            _inFlight++;
            if (queue.Route is { } route && _rooms?.ContainsKey(route) == true)
            {
                _rooms[route]--;
            }

            if (queue.Queued > 1)
            {
                var left = queue with { Queued = queue.Queued - 1, VirtualTime = queue.VirtualTime + 1 };
                _pipelines.Enqueue(left, (left.VirtualTime, left.PipelineId));
            }

            return queue;
        }

        private bool HasRoom(WaitingQueue queue) => _rooms is null || queue.Route is not { } route || !_rooms.TryGetValue(route, out var room) || room > 0;
    }
}
