using PipelineService.Orchestration;

namespace PipelineService.Tests.Orchestration;

public sealed class DispatchPlanTests
{
    private static WaitingQueue Queue(long tenant, long pipeline, int queued, int inFlight = 0, double virtualTime = 0) => new(tenant, pipeline, queued, inFlight, virtualTime);

    private static Dictionary<long, int> Divide(int room, params WaitingQueue[] queues) =>
        DispatchPlan.Divide(queues, room).ToDictionary(share => share.PipelineId, share => share.Count);

    [Fact]
    public void Tenants_share_the_room_whatever_they_have_waiting()
    {
        var shares = Divide(10, Queue(1, 11, 10_000), Queue(2, 21, 3), Queue(3, 31, 10_000));

        Assert.Equal(3, shares[21]);
        Assert.Equal(7, shares[11] + shares[31]);
        Assert.InRange(shares[11] - shares[31], -1, 1);
    }

    [Fact]
    public void A_tenant_with_much_in_flight_waits_for_one_with_nothing() =>
        Assert.Equal(new Dictionary<long, int> { [21] = 4 }, Divide(4, Queue(1, 11, 100, inFlight: 10), Queue(2, 21, 100)));

    [Fact]
    public void Within_a_tenant_a_small_run_passes_a_big_one()
    {
        var shares = Divide(4, Queue(1, 11, 10_000, virtualTime: 500), Queue(1, 12, 2, virtualTime: 0));

        Assert.Equal(2, shares[12]);
        Assert.Equal(2, shares[11]);
    }

    [Fact]
    public void A_tenant_with_twice_the_weight_gets_twice_as_much()
    {
        var shares = new DispatchOptions { Tenants = { ["2"] = new TenantDispatch { Weight = 2 } } };

        var divided = DispatchPlan.Divide([Queue(1, 11, 10_000), Queue(2, 21, 10_000)], 300, shares).ToDictionary(share => share.PipelineId, share => share.Count);

        Assert.Equal(new Dictionary<long, int> { [11] = 100, [21] = 200 }, divided);
    }

    [Fact]
    public void A_tenant_at_its_limit_leaves_the_room_to_others()
    {
        var shares = new DispatchOptions { MaxInFlightPerTenant = 5, Tenants = { ["3"] = new TenantDispatch { MaxInFlight = 1 } } };

        var divided = DispatchPlan.Divide([Queue(1, 11, 100, inFlight: 3), Queue(1, 12, 100), Queue(2, 21, 100), Queue(3, 31, 100)], 50, shares)
            .ToDictionary(share => share.PipelineId, share => share.Count);

        Assert.Equal(2, divided[11] + divided.GetValueOrDefault(12));
        Assert.Equal(5, divided[21]);
        Assert.Equal(1, divided[31]);
    }

    [Theory]
    [InlineData("42", 1.0, null, true)]
    [InlineData("42", 0.0, null, false)]
    [InlineData("42", null, 0, false)]
    [InlineData("all", 1.0, null, false)]
    public void Overrides_of_tenants_are_checked_at_start(string tenant, double? weight, int? limit, bool good) =>
        Assert.Equal(good, new DispatchOptions { Tenants = { [tenant] = new TenantDispatch { Weight = weight, MaxInFlight = limit } } }.TenantsAreValid());

    [Fact]
    public void A_place_in_the_queue_is_by_turns_and_not_by_age()
    {
        var places = DispatchPlan.Places([Queue(1, 11, 10_000, inFlight: 4, virtualTime: 500), Queue(1, 12, 3, virtualTime: 500.5), Queue(2, 21, 2, inFlight: 1), Queue(2, 22, 0, inFlight: 3)]);

        Assert.Equal(new QueuePlace(1, 0), places[21]);
        Assert.Equal(new QueuePlace(2, 1), places[11]);
        Assert.Equal(new QueuePlace(3, 3), places[12]);
        Assert.DoesNotContain(22, places.Keys);
    }

    [Fact]
    public void A_tenants_limit_does_not_hide_its_place() =>
        Assert.Equal(new QueuePlace(1, 0), DispatchPlan.Places([Queue(1, 11, 10, inFlight: 5)], new DispatchOptions { MaxInFlightPerTenant = 5 })[11]);

    [Fact]
    public void No_more_is_sent_than_there_is_or_than_there_is_room()
    {
        Assert.Equal(new Dictionary<long, int> { [11] = 2 }, Divide(50, Queue(1, 11, 2)));
        Assert.Empty(Divide(0, Queue(1, 11, 2)));
        Assert.Empty(Divide(-3, Queue(1, 11, 2)));
        Assert.Empty(Divide(5, Queue(1, 11, 0, inFlight: 4)));
    }

    [Fact]
    public void A_queue_that_has_nothing_due_gives_its_room_to_the_others()
    {
        IReadOnlyList<WaitingQueue> queues = [new(1, 1, 100, 0, 0), new(1, 2, 100, 0, 50)];
        var first = DispatchPlan.Divide(queues, 10);
        Assert.Equal([new DispatchShare(1, 10)], first);

        var second = DispatchPlan.Divide(DispatchPlan.After(queues, first, new Dictionary<long, int> { [1] = 3 }), 7);

        Assert.Equal([new DispatchShare(2, 7)], second);
    }
}
