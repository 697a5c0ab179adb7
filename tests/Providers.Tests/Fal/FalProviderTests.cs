using System.Net.Http.Json;
using Contracts.Generation;
using Testing;

namespace Providers.Tests.Fal;

/// <summary>The fal adapter against the sandbox, over HTTP.</summary>
[Collection(SandboxTests.Name)]
public sealed class FalProviderTests(RunningSandbox sandbox) : IDisposable
{
    private readonly Rig _rig = sandbox.Rig();

    private IProvider Fal => _rig.Get<ProviderRegistry>().Find(ProviderNames.Fal)!;

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task A_picture_and_a_clip_are_made_copied_and_counted()
    {
        var source = await SourceAsync();
        var image = Assert.IsType<ProviderResult.Finished>(await MakeAsync(Image(source, "portrait in the rain")));
        var clip = Assert.IsType<ProviderResult.Finished>(await MakeAsync(Video(source, "slow push-in")));

        Assert.Equal(1m, image.BilledUnits);
        Assert.Equal(5m, clip.BilledUnits);
        Assert.Equal("image", await KindAsync(image));
        Assert.Equal("video/mp4", await KindAsync(clip));
        Assert.NotNull(image.RequestId);
    }

    [Fact]
    public async Task A_source_is_uploaded_once_for_many_prompts()
    {
        var source = await SourceAsync();
        var before = await UploadsAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Fal.SubmitAsync(Image(source, $"prompt {n}"), CancellationToken.None)));

        Assert.Equal(before + 1, await UploadsAsync());
    }

    [Theory]
    [InlineData("policy", FailureKind.ContentRefused)]
    [InlineData("source_download", FailureKind.BadResponse)]
    [InlineData("model_error", FailureKind.ProviderDown)]
    [InlineData("model_timeout", FailureKind.TimedOut)]
    [InlineData("no_media", FailureKind.BadResponse)]
    [InlineData("not_json", FailureKind.OutcomeUnknown)]
    [InlineData("private_file", FailureKind.OutcomeUnknown)]
    public async Task What_goes_wrong_at_the_model_is_a_failure_of_its_kind(string fault, FailureKind kind)
    {
        var result = Assert.IsType<ProviderResult.Failed>(await MakeAsync(Image(await SourceAsync(), $"SECRET [fault: {fault}]")));

        Assert.Equal(kind, result.Failure.Kind);
        Assert.DoesNotContain("SECRET", result.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate_limit", FailureKind.RateLimited)]
    [InlineData("ingress", FailureKind.ProviderDown)]
    [InlineData("balance", FailureKind.Unauthorized)]
    [InlineData("lost_answer", FailureKind.OutcomeUnknown)]
    [InlineData("no_answer", FailureKind.OutcomeUnknown)]
    public async Task What_goes_wrong_at_the_submit_is_sent_again_only_where_nothing_was_accepted(string fault, FailureKind kind)
    {
        using var rig = sandbox.Rig(("Fal:CallTimeout", fault == "no_answer" ? "00:00:03" : "00:00:30"));
        var source = await SourceAsync();
        var before = (await sandbox.BillAsync())["accepted"]!.GetValue<int>();

        var fal = rig.Get<ProviderRegistry>().Find(ProviderNames.Fal)!;
        var result = Assert.IsType<ProviderResult.Failed>(await fal.SubmitAsync(Image(source, $"[fault: {fault}]"), CancellationToken.None));

        Assert.Equal(kind, result.Failure.Kind);
        Assert.Equal(before + (kind == FailureKind.OutcomeUnknown ? 1 : 0), (await sandbox.BillAsync())["accepted"]!.GetValue<int>());
        Assert.Equal(kind == FailureKind.RateLimited ? TimeSpan.FromSeconds(1) : null, result.Failure.RetryAfter);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_fetched_again_and_the_job_is_not_bought_again()
    {
        var request = Image(await SourceAsync(), "[fault: cut_file]");
        var handle = Assert.IsType<ProviderResult.Submitted>(await Fal.SubmitAsync(request, CancellationToken.None)).Handle;
        await Eventually.HoldsAsync(async () => (await sandbox.Http.GetAsync(handle.Split(' ')[1] + "/status")).StatusCode == System.Net.HttpStatusCode.OK);

        await Assert.ThrowsAnyAsync<Exception>(() => Fal.PollAsync(handle, request, CancellationToken.None));
        Assert.Equal("image", await KindAsync(Assert.IsType<ProviderResult.Finished>(await Fal.PollAsync(handle, request, CancellationToken.None))));
    }

    [Fact]
    public async Task A_wrong_key_is_the_accounts_fault_and_is_told_without_it()
    {
        using var rig = sandbox.Rig(("Fal:Key", "wrong:SECRET"));
        var result = await rig.Get<ProviderRegistry>().Find(ProviderNames.Fal)!.SubmitAsync(Image(await SourceAsync(), "p"), CancellationToken.None);

        var failure = Assert.IsType<ProviderResult.Failed>(result).Failure;
        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reached_was_not_bought()
    {
        using var rig = sandbox.Rig(("Fal:QueueBaseUrl", "http://127.0.0.1:9"));
        var result = await rig.Get<ProviderRegistry>().Find(ProviderNames.Fal)!.SubmitAsync(Image(await SourceAsync(), "p"), CancellationToken.None);

        Assert.Equal(FailureKind.ProviderDown, Assert.IsType<ProviderResult.Failed>(result).Failure.Kind);
    }

    [Fact]
    public async Task A_job_that_is_cancelled_in_any_state_ends_and_cancelling_twice_is_harmless()
    {
        var source = await SourceAsync();
        var requests = Enumerable.Range(0, 5).Select(n => Video(source, $"waits {n}")).ToList();
        var handles = new List<string>();
        foreach (var request in requests)
        {
            handles.Add(Assert.IsType<ProviderResult.Submitted>(await Fal.SubmitAsync(request, CancellationToken.None)).Handle);
        }

        foreach (var handle in handles.Concat(handles))
        {
            await Fal.CancelAsync(handle, 7, CancellationToken.None);
        }

        foreach (var (handle, request) in handles.Zip(requests))
        {
            var end = await EndAsync(handle, request);
            Assert.True(end is ProviderResult.Finished or ProviderResult.Failed { Failure.Kind: FailureKind.Cancelled }, end.ToString());
        }

        Assert.IsType<ProviderResult.Failed>(await EndAsync(handles[^1], requests[^1]));
    }

    [Fact]
    public async Task A_job_that_fal_does_not_know_any_more_is_unknown()
    {
        var result = await Fal.PollAsync("gone /fal-ai/nano-banana/requests/gone", Image(await SourceAsync(), "p"), CancellationToken.None);
        Assert.Equal(FailureKind.OutcomeUnknown, Assert.IsType<ProviderResult.Failed>(result).Failure.Kind);
    }

    private async Task<ProviderResult> MakeAsync(GenerationRequest request)
    {
        var submitted = Assert.IsType<ProviderResult.Submitted>(await Fal.SubmitAsync(request, CancellationToken.None));
        return await EndAsync(submitted.Handle, request);
    }

    private Task<ProviderResult> EndAsync(string handle, GenerationRequest request) =>
        Eventually.GetAsync(() => Fal.PollAsync(handle, request, CancellationToken.None), result => result is not ProviderResult.Pending);

    private async Task<int> UploadsAsync() => (await sandbox.BillAsync())["uploads"]!.GetValue<int>();

    private static async Task<string> KindAsync(ProviderResult.Finished finished)
    {
        var output = Assert.Single(finished.Outputs);
        var start = (await File.ReadAllBytesAsync(output.FilePath!)).Take(12).ToArray();
        output.DeleteFiles();
        return start[0] == 0x89 || start[0] == 0xFF ? "image" : System.Text.Encoding.ASCII.GetString(start, 4, 4) == "ftyp" ? "video/mp4" : "something else";
    }

    private Task<string> SourceAsync() => Tools.PictureAsync(_rig.PathOf($"{Guid.NewGuid():N}.png"));

    private static ImageRequest Image(string source, string prompt) => new(
        7, $"image-{Guid.NewGuid():N}", 1, new GenerationParameters("nano-banana", "1:1", Resolution: "1K"), prompt, Ask.NoVariation, source, "image/png");

    private static VideoRequest Video(string source, string prompt) => new(
        7, $"video-{Guid.NewGuid():N}", 1, new GenerationParameters("wan", "source", Resolution: "480p", DurationSec: 5), prompt, source, "image/png");
}
