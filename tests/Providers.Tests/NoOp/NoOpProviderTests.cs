using System.Diagnostics;
using Contracts.Generation;
using Media.Images;
using Media.Videos;
using Providers.NoOp;

namespace Providers.Tests.NoOp;

public class NoOpProviderTests
{
    [Fact]
    public async Task It_answers_at_once_with_the_same_readable_files_that_nobody_deletes()
    {
        using var rig = new Rig();
        var image = await Ask.OneAsync(rig.NoOp, Ask.Image("nowhere"));
        var video = await Ask.OneAsync(rig.NoOp, Ask.Video("nowhere"));
        Assert.Equal(image.FilePath, (await Ask.OneAsync(rig.NoOp, Ask.Image("elsewhere", seed: 9))).FilePath);

        image.DeleteFiles();
        video.DeleteFiles();
        Assert.IsType<ImageProbeResult.Accepted>(ImageProbe.Read(image.FilePath!, new ImageLimits(1 << 20, 1, 1 << 20)));
        Assert.IsType<ImageProbeResult.Accepted>(ImageProbe.Read(video.PosterPath!, new ImageLimits(1 << 20, 1, 1 << 20)));
        Assert.Equal(new VideoFacts("h264", 64, 64, 1), await rig.Get<VideoProbe>().ReadAsync(video.FilePath!, CancellationToken.None));
    }

    [Fact]
    public async Task Prompts_are_numbered_and_fit()
    {
        using var rig = new Rig();
        var texts = await Ask.TextsAsync(rig.NoOp, Ask.Prompts("woman in red dress", 3, maxChars: 12));
        Assert.Equal(["woman in (1)", "woman in (2)", "woman in (3)"], texts);
    }

    [Fact]
    public async Task Submits_are_counted_by_request_key()
    {
        using var rig = new Rig();
        foreach (var key in new[] { "a", "b", "a" })
        {
            await Ask.OneAsync(rig.NoOp, Ask.Image("nowhere", key: key));
        }

        Assert.Equal(2, rig.Get<NoOpJournal>().Submits["a"]);
        Assert.Equal(1, rig.Get<NoOpJournal>().Submits["b"]);
    }

    [Fact]
    public async Task Processes_that_share_a_journal_lose_no_line()
    {
        var folder = Directory.CreateTempSubdirectory("journal-");
        var path = Path.Combine(folder.FullName, "journal");
        using var one = new Rig(("Providers:NoOp:JournalPath", path));
        using var two = new Rig(("Providers:NoOp:JournalPath", path));
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(() => Ask.OneAsync((n % 2 == 0 ? one : two).NoOp, Ask.Image("x", key: $"key-{n / 4}")))));
        var submits = NoOpJournal.Read(path);
        Assert.Equal(50, submits.Count);
        Assert.All(submits.Values, count => Assert.Equal(4, count));
        Assert.Empty(NoOpJournal.Read(Path.Combine(folder.FullName, "other")));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("[fail:content_refused]", FailureKind.ContentRefused)]
    [InlineData("a cat [fail:rate_limited] here", FailureKind.RateLimited)]
    [InlineData("[fail:no_such_kind]", FailureKind.InvalidRequest)]
    public async Task A_marker_makes_it_fail_every_time(string prompt, FailureKind kind)
    {
        using var rig = new Rig();
        var failure = await Ask.FailureAsync(rig.NoOp, Ask.Image("x", prompt));
        Assert.Equal(kind, failure.Kind);
        Assert.Equal(kind, (await Ask.FailureAsync(rig.NoOp, Ask.Image("x", prompt, key: "again"))).Kind);
        Assert.Equal(kind == FailureKind.RateLimited, failure.RetryAfter is not null);
    }

    [Fact]
    public async Task Fail_once_fails_the_first_attempt_only_also_with_another_key_and_process()
    {
        var folder = Directory.CreateTempSubdirectory("journal-");
        var path = Path.Combine(folder.FullName, "journal");
        using var one = new Rig(("Providers:NoOp:JournalPath", path));
        using var two = new Rig(("Providers:NoOp:JournalPath", path));
        var request = Ask.Image("x", "cat [fail-once:provider_down]", key: "attempt-1");
        Assert.Equal(FailureKind.ProviderDown, (await Ask.FailureAsync(one.NoOp, request)).Kind);
        await Ask.OneAsync(one.NoOp, request with { RequestKey = "attempt-2" });
        await Ask.OneAsync(two.NoOp, request with { RequestKey = "attempt-3" });
        Assert.Equal(FailureKind.ProviderDown, (await Ask.FailureAsync(one.NoOp, request with { Seed = 2 })).Kind);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_can_be_lost_once_after_the_work_was_accepted(bool asynchronous)
    {
        using var rig = new Rig(("Providers:NoOp:Asynchronous", asynchronous ? "true" : "false"));
        var broken = Ask.Image("x", "cat [lost-once:break]", key: "broken");
        await Assert.ThrowsAsync<IOException>(() => rig.NoOp.SubmitAsync(broken, CancellationToken.None));
        Assert.Equal(1, rig.Get<NoOpJournal>().Submits["broken"]);
        Assert.IsNotType<ProviderResult.Failed>(await rig.NoOp.SubmitAsync(broken with { RequestKey = "again" }, CancellationToken.None));

        using var limit = new CancellationTokenSource();
        var silent = rig.NoOp.SubmitAsync(Ask.Image("x", "cat [lost-once:silence]", key: "silent"), limit.Token);
        Assert.Equal(1, rig.Get<NoOpJournal>().Submits["silent"]);
        Assert.False(silent.IsCompleted);
        await limit.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => silent);
    }

    [Fact]
    public async Task Every_nth_request_fails_when_told_so()
    {
        using var rig = new Rig(("Providers:NoOp:FailEvery", "3"), ("Providers:NoOp:FailKind", "TimedOut"));
        var kinds = new List<FailureKind?>();
        for (var n = 0; n < 6; n++)
        {
            var result = await rig.NoOp.SubmitAsync(Ask.Image("x"), CancellationToken.None);
            kinds.Add((result as ProviderResult.Failed)?.Failure.Kind);
        }

        Assert.Equal([null, null, FailureKind.TimedOut, null, null, FailureKind.TimedOut], kinds);
    }

    [Fact]
    public async Task Latency_and_slow_markers_add_up_and_can_be_cancelled()
    {
        using var rig = new Rig(("Providers:NoOp:Latency", "00:00:00.05"));
        var start = Stopwatch.GetTimestamp();
        await Ask.OneAsync(rig.NoOp, Ask.Image("x", "[slow:60]"));
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalMilliseconds, 105, 10_000);

        using var cancelled = new CancellationTokenSource();
        var waiting = rig.NoOp.SubmitAsync(Ask.Image("x", "[slow:60000]"), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Asynchronous_work_is_found_finished_by_another_process()
    {
        using var one = new Rig(("Providers:NoOp:Asynchronous", "true"), ("Providers:NoOp:Resubmit", "Never"));
        using var two = new Rig();
        Assert.Equal(Resubmit.Never, one.NoOp.Resubmit);
        var slow = Ask.Video("x", "[slow:60000]");
        var handle = Assert.IsType<ProviderResult.Submitted>(await one.NoOp.SubmitAsync(slow, CancellationToken.None)).Handle;
        Assert.Equal(new ProviderResult.Pending(Running: true), await two.NoOp.PollAsync(handle, slow, CancellationToken.None));

        var quick = Ask.Video("x");
        handle = Assert.IsType<ProviderResult.Submitted>(await one.NoOp.SubmitAsync(quick, CancellationToken.None)).Handle;
        Assert.IsType<ProviderResult.Finished>(await two.NoOp.PollAsync(handle, quick, CancellationToken.None));

        var refused = Ask.Video("x", "[fail:content_refused]");
        handle = Assert.IsType<ProviderResult.Submitted>(await one.NoOp.SubmitAsync(refused, CancellationToken.None)).Handle;
        Assert.Equal(
            FailureKind.ContentRefused,
            Assert.IsType<ProviderResult.Failed>(await two.NoOp.PollAsync(handle, refused, CancellationToken.None)).Failure.Kind);
    }
}
