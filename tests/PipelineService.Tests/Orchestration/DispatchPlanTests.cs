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
    public void No_more_is_sent_than_there_is_or_than_there_is_room()
    {
        Assert.Equal(new Dictionary<long, int> { [11] = 2 }, Divide(50, Queue(1, 11, 2)));
        Assert.Empty(Divide(0, Queue(1, 11, 2)));
        Assert.Empty(Divide(-3, Queue(1, 11, 2)));
        Assert.Empty(Divide(5, Queue(1, 11, 0, inFlight: 4)));
    }
}
