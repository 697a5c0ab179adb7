using PipelineService.Orchestration;
using Providers.Traffic;

namespace PipelineService.Traffic;

/// <summary>The queues of a lane, divided by whom their items ask for what, and what may still be sent of each route that is limited.</summary>
internal sealed class RoutedQueues
{
    private readonly IReadOnlyDictionary<RouteKey, RouteView> _views;
    private readonly Dictionary<RouteKey, int> _allowed;

    /// <param name="queues">Each with its route.</param>
    /// <param name="inFlight">Items of each route that are sent and not back.</param>
    public RoutedQueues(IReadOnlyList<WaitingQueue> queues, IReadOnlyDictionary<RouteKey, int> inFlight, IReadOnlyDictionary<RouteKey, RouteView> views)
    {
        (Queues, _views) = (queues, views);
        Rooms = views.Where(pair => pair.Value.Limit is not null)
            .ToDictionary(pair => pair.Key, pair => Math.Max(0, pair.Value.Limit!.Value - inFlight.GetValueOrDefault(pair.Key)));
        _allowed = new(Rooms);
    }

    public IReadOnlyList<WaitingQueue> Queues { get; private set; }

    public Dictionary<RouteKey, int> Rooms { get; }

    /// <summary>Routes that are only held by a limit that is full, with more waiting.</summary>
    public IEnumerable<RouteKey> Filled => _allowed.Keys.Where(route =>
        _views[route].Mood == RouteMood.Free && Rooms[route] <= 0 && Queues.Any(queue => queue.Route == route && queue.Queued > 0));

    /// <summary>A queue of a pipeline, by route: what its own terms leave is on its step's.</summary>
    public static IEnumerable<WaitingQueue> Divide(WaitingQueue queue, RouteKey step, IReadOnlyCollection<(RouteKey Route, int Count)> own)
    {
        yield return queue with { Queued = Math.Max(0, queue.Queued - own.Sum(part => part.Count)), Route = step };
        foreach (var (route, count) in own)
        {
            yield return queue with { Queued = Math.Min(count, queue.Queued), InFlight = 0, Route = route, OwnTerms = true };
        }
    }

    /// <summary>After a claim. A share that was not filled has nothing more that is due, and its room is the others'.</summary>
    /// <param name="claimed">Items that were claimed for a share.</param>
    public void Took(IReadOnlyList<DispatchShare> shares, Func<DispatchShare, int> claimed)
    {
        var asked = shares.ToDictionary(share => (share.PipelineId, share.Route, share.OwnTerms), share => (share.Count, Got: claimed(share)));
        foreach (var share in shares)
        {
            if (share.Route is { } route && Rooms.ContainsKey(route))
            {
                Rooms[route] += share.Count - asked[(share.PipelineId, share.Route, share.OwnTerms)].Got;
            }
        }

        Queues =
        [
            .. Queues.Select(queue =>
            {
                var (count, got) = asked.GetValueOrDefault((queue.PipelineId, queue.Route, queue.OwnTerms));
                return queue with { Queued = got < count ? 0 : queue.Queued - got, InFlight = queue.InFlight + got, VirtualTime = queue.VirtualTime + got };
            }),
        ];
    }
}
