using PipelineService.Orchestration;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Orchestration;

public sealed class ItemLifecycleTests
{
    [Theory]
    [InlineData(ItemStatus.Succeeded)]
    [InlineData(ItemStatus.Failed)]
    [InlineData(ItemStatus.Cancelled)]
    public void An_end_is_left_only_by_a_persons_retry_or_a_reconciled_result(ItemStatus end)
    {
        var ways = Enum.GetValues<ItemSignal>().Where(signal => end.On(signal).Applied);

        Assert.Equal(
            end switch
            {
                ItemStatus.Failed => [ItemSignal.Retry, ItemSignal.Reconcile],
                ItemStatus.Cancelled => [ItemSignal.Retry],
                _ => Array.Empty<ItemSignal>(),
            },
            ways);
    }

    [Fact]
    public void Every_refused_signal_leaves_the_status_as_it_is()
    {
        foreach (var (status, signal) in from status in Enum.GetValues<ItemStatus>() from signal in Enum.GetValues<ItemSignal>() select (status, signal))
        {
            var transition = status.On(signal);
            if (!transition.Applied)
            {
                Assert.Equal(status, transition.Status);
            }
        }
    }
}
