using PipelineService.Orchestration;

namespace PipelineService.Tests.Orchestration;

/// <summary>How many rows a result will write is learned step by step.</summary>
public sealed class FollowUpsTests
{
    private readonly FollowUps _followUps = new();

    [Fact]
    public void A_step_that_was_never_seen_counts_as_one_that_leads_to_many() => Assert.Equal(15, _followUps.Of(1));

    [Theory]
    [InlineData(10, 200, 20)]
    [InlineData(3, 4, 2)]
    [InlineData(5, 0, 0)]
    public void A_step_leads_to_as_many_as_it_last_did_rounded_up(int results, int items, int each)
    {
        _followUps.Saw(1, 1, 7);
        _followUps.Saw(1, results, items);

        Assert.Equal(each, _followUps.Of(1));
        Assert.Equal(15, _followUps.Of(2));
    }
}
