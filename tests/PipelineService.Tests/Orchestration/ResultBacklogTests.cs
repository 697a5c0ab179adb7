using Contracts.Generation;
using PipelineService.Orchestration;

namespace PipelineService.Tests.Orchestration;

/// <summary>Which of the results that wait are committed together.</summary>
public sealed class ResultBacklogTests
{
    private const long Prompts = 1;
    private const long Images = 2;
    private const long Videos = 3;

    private readonly FollowUps _followUps = new();
    private readonly ResultBacklog _backlog;

    public ResultBacklogTests()
    {
        _followUps.Saw(Prompts, 1, 19);
        _followUps.Saw(Images, 1, 1);
        _followUps.Saw(Videos, 1, 0);
        _backlog = new ResultBacklog(_followUps, 100);
    }

    [Fact]
    public void Nothing_waits_and_nothing_goes() => Assert.Empty(_backlog.Next());

    [Fact]
    public void All_that_fits_goes_together()
    {
        Add(Images, 10);
        Add(Videos, 20);

        Assert.Equal([(Images, 10), (Videos, 20)], Next());
        Assert.Equal(0, _backlog.Count);
    }

    [Fact]
    public void A_message_that_writes_too_much_goes_in_parts()
    {
        Add(Prompts, 12);

        Assert.Equal([(Prompts, 3), (Prompts, 2)], Next());
        Assert.Equal([(Prompts, 3), (Prompts, 2)], Next());
        Assert.Equal([(Prompts, 2)], Next());
        Assert.Empty(Next());
    }

    [Fact]
    public void What_writes_least_does_not_wait_behind_what_writes_most()
    {
        Add(Prompts, 20);
        Add(Prompts, 20);
        Add(Images, 5);
        Add(Videos, 5);

        Assert.Equal([(Prompts, 3), (Videos, 5), (Images, 5), (Prompts, 2)], Next());
    }

    [Fact]
    public void The_oldest_gets_its_half_however_many_light_ones_come()
    {
        Add(Prompts, 9);
        for (var round = 0; round < 3; round++)
        {
            Add(Videos, 1000);
            Assert.Equal([(Prompts, 3), (Videos, 40)], Next());
        }

        Assert.Equal([(Videos, 50), (Videos, 50)], Next());
    }

    [Fact]
    public void One_result_goes_however_much_it_writes()
    {
        var backlog = new ResultBacklog(_followUps, 1);
        backlog.Add(new WaitingResults([Result(Prompts), Result(Prompts)]));

        Assert.Single(Assert.Single(backlog.Next()).Results);
        Assert.Single(Assert.Single(backlog.Next()).Results);
        Assert.Equal(0, backlog.Count);
    }

    [Fact]
    public async Task A_message_has_ended_when_the_last_of_its_parts_has()
    {
        var message = new WaitingResults([Result(Prompts), Result(Prompts)]);
        message.Ended(1);
        Assert.False(message.Done.IsCompleted);
        message.Ended(1);
        await message.Done;
    }

    private void Add(long step, int count) => _backlog.Add(new WaitingResults([.. Enumerable.Range(0, count).Select(_ => Result(step))]));

    private List<(long Step, int Results)> Next() => [.. _backlog.Next().Select(part => (part.Results[0].Item.StepId, part.Results.Count))];

    private static ItemResult Result(long step) =>
        new(new ItemRef(1, 1, step, 1, 1, 0), [], null, "no-op", null, null, true, false, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
