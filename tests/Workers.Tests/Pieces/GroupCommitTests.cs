using Jobs;
using Npgsql;
using Xunit;

namespace Workers.Tests.Pieces;

public sealed class GroupCommitTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(2);

    [Fact]
    public async Task What_gathers_while_a_batch_is_under_way_is_the_next_batch()
    {
        var sizes = new List<int>();
        var (first, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var group = new GroupCommit<int, int>(async (requests, token) =>
        {
            sizes.Add(requests.Count);
            if (first.TrySetResult())
            {
                await release.Task.WaitAsync(token);
            }

            return [.. requests.Select(request => request * 2)];
        }, Moment, TimeProvider.System);
        var one = group.AddAsync(1, CancellationToken.None);
        await first.Task;
        var many = Enumerable.Range(2, 99).Select(number => group.AddAsync(number, CancellationToken.None)).ToList();

        release.SetResult();

        Assert.Equal(2, await one);
        Assert.Equal(Enumerable.Range(2, 99).Select(number => number * 2), await Task.WhenAll(many));
        Assert.Equal([1, 99], sizes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_lost_when_many_are_the_first(bool handsOn)
    {
        for (var life = 0; life < 300; life++)
        {
            using var group = new GroupCommit<int, int>((requests, _) => Task.FromResult<IReadOnlyList<int>>([.. requests]), Moment, TimeProvider.System, handsOn: handsOn);
            var answers = Enumerable.Range(0, 32).Select(number => Task.Run(() => group.AddAsync(number, CancellationToken.None)));

            Assert.Equal(Enumerable.Range(0, 32), await Task.WhenAll(answers).WaitAsync(TimeSpan.FromSeconds(30)));
        }
    }

    [Fact]
    public async Task A_request_that_the_database_refuses_takes_no_other_down()
    {
        using var group = new GroupCommit<int, int>((requests, _) => requests.Contains(13)
            ? throw new PostgresException("refused", "ERROR", "ERROR", "22P05")
            : Task.FromResult<IReadOnlyList<int>>(requests.ToList()), Moment, TimeProvider.System);
        var answers = Enumerable.Range(0, 40).Select(number => group.AddAsync(number, CancellationToken.None)).ToList();

        foreach (var (number, answer) in answers.Index())
        {
            if (number == 13)
            {
                await Assert.ThrowsAsync<PostgresException>(() => answer);
            }
            else
            {
                Assert.Equal(number, await answer);
            }
        }
    }

    [Fact]
    public async Task A_database_that_is_away_is_asked_once_a_batch()
    {
        var asked = 0;
        var (first, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var group = new GroupCommit<int, int>(async (_, token) =>
        {
            asked++;
            if (first.TrySetResult())
            {
                await release.Task.WaitAsync(token);
            }

            throw new NpgsqlException("away", new IOException());
        }, Moment, TimeProvider.System);
        var one = group.AddAsync(0, CancellationToken.None);
        await first.Task;
        var many = Enumerable.Range(1, 50).Select(number => group.AddAsync(number, CancellationToken.None)).ToList();
        release.SetResult();

        await Assert.ThrowsAsync<NpgsqlException>(() => one);
        foreach (var answer in many)
        {
            await Assert.ThrowsAsync<NpgsqlException>(() => answer);
        }

        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Whoever_waits_at_the_end_is_let_go()
    {
        var first = new TaskCompletionSource();
        var group = new GroupCommit<int, int>(async (_, token) =>
        {
            first.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return [];
        }, Moment, TimeProvider.System);
        var (one, two) = (group.AddAsync(1, CancellationToken.None), default(Task<int>));
        await first.Task;
        two = group.AddAsync(2, CancellationToken.None);

        group.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
    }
}
