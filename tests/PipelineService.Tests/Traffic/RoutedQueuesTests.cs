using PipelineService.Orchestration;
using PipelineService.Traffic;
using Providers.Traffic;

namespace PipelineService.Tests.Traffic;

public sealed class RoutedQueuesTests
{
    private static readonly RouteKey Slow = RouteKey.Of("fal", "kling");
    private static readonly RouteKey Quick = RouteKey.Of("openai", "gpt-image");

    private static WaitingQueue Queue(long tenant, long pipeline, int queued, RouteKey route, int inFlight = 0) => new(tenant, pipeline, queued, inFlight, 0, route);

    private static RoutedQueues Routed(RouteView slow, int inFlight, params WaitingQueue[] queues) =>
        new(queues, new Dictionary<RouteKey, int> { [Slow] = inFlight }, new Dictionary<RouteKey, RouteView> { [Slow] = slow, [Quick] = new(RouteMood.Free) });

    private static Dictionary<long, int> Divide(RoutedQueues routed, int room) =>
        DispatchPlan.Divide(routed.Queues, room, null, routed.Rooms).ToDictionary(share => share.PipelineId, share => share.Count);

    [Fact]
    public void A_route_that_is_shut_leaves_all_the_room_to_others()
    {
        var routed = Routed(new RouteView(RouteMood.Down, 0), 0, Queue(1, 11, 10_000, Slow), Queue(1, 12, 8, Quick), Queue(2, 21, 100, Quick));

        Assert.Equal(new() { [12] = 8, [21] = 24 }, Divide(routed, 32));
    }

    [Fact]
    public void A_limit_counts_what_is_in_flight_and_is_shared_by_tenants()
    {
        var routed = Routed(new RouteView(RouteMood.Free, 10), 4, Queue(1, 11, 100, Slow), Queue(2, 21, 100, Slow), Queue(3, 31, 100, Quick));

        var shares = Divide(routed, 32);

        Assert.Equal((3, 3, 26), (shares[11], shares[21], shares[31]));
        Assert.Equal([Slow], routed.Filled);
    }

    [Fact]
    public void More_in_flight_than_the_limit_is_no_room()
    {
        var routed = Routed(new RouteView(RouteMood.Free, 10), 400, Queue(1, 11, 100, Slow));

        Assert.Empty(Divide(routed, 32));
    }

    [Fact]
    public void Only_a_limit_that_holds_something_back_is_full()
    {
        var all = Routed(new RouteView(RouteMood.Free, 10), 0, Queue(1, 11, 5, Slow));
        Divide(all, 32);
        Assert.Empty(all.Filled);

        var shut = Routed(new RouteView(RouteMood.Throttled, 0), 0, Queue(1, 11, 5, Slow));
        Divide(shut, 32);
        Assert.Empty(shut.Filled);
    }

    [Fact]
    public void Room_of_what_is_not_due_goes_to_the_next_run_of_the_same_route()
    {
        var routed = Routed(new RouteView(RouteMood.Trying, 1), 0, Queue(1, 11, 5, Slow), Queue(2, 21, 5, Slow));
        var first = DispatchPlan.Divide(routed.Queues, 32, null, routed.Rooms);
        Assert.Equal(11, Assert.Single(first).PipelineId);

        routed.Took(first, _ => 0);

        Assert.Equal(21, Assert.Single(DispatchPlan.Divide(routed.Queues, 32, null, routed.Rooms)).PipelineId);
    }

    [Fact]
    public void Items_with_a_model_of_their_own_belong_to_that_models_route()
    {
        var queues = RoutedQueues.Divide(new WaitingQueue(1, 11, 10, 3, 7), Slow, [(Quick, 4)]).ToArray();
        Assert.Equal([new WaitingQueue(1, 11, 6, 3, 7, Slow), new WaitingQueue(1, 11, 4, 0, 7, Quick, OwnTerms: true)], queues);

        var shares = DispatchPlan.Divide(queues, 32, null, Routed(new RouteView(RouteMood.Down, 0), 0, queues).Rooms);

        Assert.Equal([new DispatchShare(11, 4, Quick, OwnTerms: true)], shares);
    }

    [Fact]
    public void Without_limits_nothing_changes()
    {
        WaitingQueue[] queues = [new(1, 11, 100, 3, 5), new(1, 12, 2, 0, 0), new(2, 21, 50, 1, 9)];
        var routed = new RoutedQueues([.. queues.Select(queue => queue with { Route = Quick })], new Dictionary<RouteKey, int>(), new Dictionary<RouteKey, RouteView> { [Quick] = new(RouteMood.Free) });

        Assert.Equal(
            DispatchPlan.Divide(queues, 40).Select(share => (share.PipelineId, share.Count)),
            DispatchPlan.Divide(routed.Queues, 40, null, routed.Rooms).Select(share => (share.PipelineId, share.Count)));
    }
}
