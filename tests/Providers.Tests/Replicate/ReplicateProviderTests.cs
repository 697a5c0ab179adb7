using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Tests.Fal;
using Testing;

namespace Providers.Tests.Replicate;

/// <summary>The Replicate adapter against the sandbox, over HTTP.</summary>
[Collection(SandboxTests.Name)]
public sealed class ReplicateProviderTests(RunningSandbox sandbox) : IDisposable
{
    private readonly Rig _rig = sandbox.Rig();

    private IProvider Replicate => Of(_rig);

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void It_serves_what_the_catalog_knows_of_it_and_is_not_there_without_a_token()
    {
        Assert.True(Replicate.Serves(GenerationKind.Video, "kling"));
        Assert.True(Replicate.Serves(GenerationKind.Image, "Nano-Banana"));
        Assert.False(Replicate.Serves(GenerationKind.Image, "kling"));
        Assert.False(Replicate.Serves(GenerationKind.Video, "luma-ray-2"));
        Assert.False(Replicate.Serves(GenerationKind.Prompts, null));
        Assert.Equal((Resubmit.Never, false), (Replicate.Resubmit, Replicate.Simulated));
        using var without = sandbox.Rig(("Replicate:Token", ""));
        Assert.False(without.Get<ProviderRegistry>().Find(ProviderNames.Replicate)!.SetUp);
        using var planning = sandbox.Rig(("Replicate:Token", ""), ("Replicate:SetUp", "true"));
        Assert.True(planning.Get<ProviderRegistry>().Find(ProviderNames.Replicate)!.SetUp);
    }

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

    [Theory]
    [InlineData("hailuo-2.3", "768p", 6, 1)]
    [InlineData("seedance-1-pro", "480p", 3, 3)]
    public async Task What_is_counted_is_the_unit_of_the_price_there(string model, string resolution, int seconds, int units)
    {
        var request = Video(await SourceAsync(), "slow push-in") with { Parameters = new GenerationParameters(model, "source", Resolution: resolution, DurationSec: seconds) };
        var clip = Assert.IsType<ProviderResult.Finished>(await MakeAsync(request));

        Assert.Equal(units, clip.BilledUnits);
        Assert.Single(clip.Outputs).DeleteFiles();
    }

    [Fact]
    public async Task A_large_source_is_uploaded_once_for_many_prompts_and_a_small_one_goes_within_the_request()
    {
        using var rig = sandbox.Rig(("Replicate:InlineBytes", "0"));
        var source = await SourceAsync();
        var before = await UploadsAsync();

        var small = await Replicate.SubmitAsync(Image(source, "small"), CancellationToken.None);
        Assert.Equal(before, await UploadsAsync());
        var large = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Of(rig).SubmitAsync(Image(source, $"large {n}"), CancellationToken.None)));
        Assert.Equal(before + 1, await UploadsAsync());
        var others = await Of(rig).SubmitAsync(Image(source, "of another tenant") with { TenantId = 8 }, CancellationToken.None);
        Assert.Equal(before + 2, await UploadsAsync());

        var handles = large.Append(small).Append(others).Select(submitted => Assert.IsType<ProviderResult.Submitted>(submitted).Handle).ToList();
        foreach (var handle in handles.Skip(1))
        {
            await Replicate.CancelAsync(handle, 7, CancellationToken.None);
        }

        Assert.Equal("image", await KindAsync(Assert.IsType<ProviderResult.Finished>(await EndAsync(handles[0], Image(source, "large 0")))));
    }

    [Theory]
    [InlineData("policy", FailureKind.ContentRefused)]
    [InlineData("source_download", FailureKind.BadResponse)]
    [InlineData("model_error", FailureKind.ProviderDown)]
    [InlineData("model_timeout", FailureKind.TimedOut)]
    [InlineData("no_media", FailureKind.BadResponse)]
    [InlineData("private_file", FailureKind.OutcomeUnknown)]
    public async Task What_goes_wrong_at_the_model_is_a_failure_of_its_kind(string fault, FailureKind kind)
    {
        var result = Assert.IsType<ProviderResult.Failed>(await MakeAsync(Image(await SourceAsync(), $"SECRET [fault: {fault}]")));

        Assert.Equal(kind, result.Failure.Kind);
        Assert.DoesNotContain("SECRET", result.Failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningSandbox.Token, result.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rate_limit", FailureKind.RateLimited, 0)]
    [InlineData("ingress", FailureKind.OutcomeUnknown, 0)]
    [InlineData("balance", FailureKind.Unauthorized, 0)]
    [InlineData("lost_answer", FailureKind.OutcomeUnknown, 1)]
    [InlineData("no_answer", FailureKind.OutcomeUnknown, 1)]
    public async Task What_goes_wrong_at_the_submit_is_sent_once(string fault, FailureKind kind, int accepted)
    {
        using var rig = sandbox.Rig(("Replicate:CallTimeout", fault == "no_answer" ? "00:00:01" : "00:00:30"));
        var request = Image(await SourceAsync(), $"SECRET [fault: {fault}]");
        var before = await BillAsync();

        var result = Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(request, CancellationToken.None));

        var after = await BillAsync();
        Assert.Equal(kind, result.Failure.Kind);
        Assert.DoesNotContain("SECRET", result.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(Number(before, "accepted") + accepted, Number(after, "accepted"));
        Assert.Equal(Number(before, "sent_twice"), Number(after, "sent_twice"));
        Assert.Equal(kind == FailureKind.RateLimited ? TimeSpan.FromSeconds(1) : null, result.Failure.RetryAfter);
    }

    [Fact]
    public async Task What_is_sent_twice_is_counted_by_the_sandbox_for_its_vendor()
    {
        var request = Image(await SourceAsync(), "twice");
        var (before, total) = (await BillAsync(), await sandbox.BillAsync());

        await Replicate.SubmitAsync(request, CancellationToken.None);
        await Replicate.SubmitAsync(request, CancellationToken.None);

        Assert.Equal(Number(before, "sent_twice") + 1, Number(await BillAsync(), "sent_twice"));
        Assert.Equal(Number(total, "sent_twice") + 1, Number(await sandbox.BillAsync(), "sent_twice"));
        Assert.Equal(Number(total["providers"]!["fal"]!, "accepted"), Number((await sandbox.BillAsync())["providers"]!["fal"]!, "accepted"));
    }

    [Fact]
    public async Task An_input_that_the_model_refuses_is_told_by_its_field()
    {
        var wrong = Image(await SourceAsync(), "p") with { SourceContentType = "image/png", Parameters = new GenerationParameters("nano-banana-pro", "1:1", Resolution: "8K") };
        var failure = Assert.IsType<ProviderResult.Failed>(await Replicate.SubmitAsync(wrong, CancellationToken.None)).Failure;
        Assert.Equal((FailureKind.InvalidRequest, "nano-banana-pro does not have one of the settings at Replicate. Choose others."), (failure.Kind, failure.Message));

        using var answer = await PostAsync("/v1/models/kwaivgi/kling-v2.5-turbo-pro/predictions", new { input = new { prompt = "p", duration = 7 } });
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((422, "Input validation failed", "enum"), ((int)answer.StatusCode, problem["title"]!.GetValue<string>(), problem["invalid_fields"]![0]!["type"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_fetched_again_and_the_prediction_is_not_bought_again()
    {
        var request = Image(await SourceAsync(), "[fault: cut_file]");
        var handle = await DoneAsync(request);
        var before = await BillAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Replicate.PollAsync(handle, request, CancellationToken.None));
        Assert.Equal("image", await KindAsync(Assert.IsType<ProviderResult.Finished>(await Replicate.PollAsync(handle, request, CancellationToken.None))));
        Assert.Equal(Number(before, "accepted"), Number(await BillAsync(), "accepted"));
    }

    [Fact]
    public async Task A_file_that_is_too_slow_ends_the_look_and_not_the_job()
    {
        using var rig = sandbox.Rig(("Replicate:TransferTimeout", "00:00:01"));
        var request = Image(await SourceAsync(), "[fault: slow_file]");
        var handle = await DoneAsync(request);

        await Assert.ThrowsAsync<TimeoutException>(() => Of(rig).PollAsync(handle, request, CancellationToken.None));
        Assert.Equal("image", await KindAsync(Assert.IsType<ProviderResult.Finished>(await Replicate.PollAsync(handle, request, CancellationToken.None))));
    }

    [Fact]
    public async Task A_file_of_another_kind_is_handed_on_as_it_is_and_one_that_is_too_large_is_not()
    {
        var request = Image(await SourceAsync(), "[fault: wrong_file]");
        Assert.Equal("something else", await KindAsync(Assert.IsType<ProviderResult.Finished>(await MakeAsync(request))));

        using var rig = sandbox.Rig(("Replicate:MaxImageBytes", "1000"));
        var other = Image(await SourceAsync(), "large");
        Assert.Equal(FailureKind.OutcomeUnknown, Assert.IsType<ProviderResult.Failed>(await Of(rig).PollAsync(await DoneAsync(other), other, CancellationToken.None)).Failure.Kind);
    }

    [Fact]
    public async Task A_look_whose_answer_is_no_json_tells_nothing()
    {
        var request = Image(await SourceAsync(), "[fault: not_json]");
        var handle = Assert.IsType<ProviderResult.Submitted>(await Replicate.SubmitAsync(request, CancellationToken.None)).Handle;

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => EndAsync(handle, request));
        Assert.DoesNotContain("fault", exception.Message, StringComparison.Ordinal);
        Assert.Equal("image", await KindAsync(Assert.IsType<ProviderResult.Finished>(await Replicate.PollAsync(handle, request, CancellationToken.None))));
    }

    [Fact]
    public async Task A_wrong_token_is_the_accounts_fault_and_is_told_without_it()
    {
        using var rig = sandbox.Rig(("Replicate:Token", "r8_SECRET"));
        var failure = Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(Image(await SourceAsync(), "p"), CancellationToken.None)).Failure;

        Assert.Equal(FailureKind.Unauthorized, failure.Kind);
        Assert.DoesNotContain("SECRET", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_reached_was_not_bought()
    {
        using var rig = sandbox.Rig(("Replicate:BaseUrl", "http://127.0.0.1:9"));
        var failure = Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(Image(await SourceAsync(), "p"), CancellationToken.None)).Failure;

        Assert.Equal(FailureKind.ProviderDown, failure.Kind);
    }

    [Fact]
    public async Task A_source_that_is_gone_or_cannot_be_uploaded_buys_nothing()
    {
        Assert.Equal(FailureKind.SourceMissing, Assert.IsType<ProviderResult.Failed>(await Replicate.SubmitAsync(Image(_rig.PathOf("gone.png"), "p"), CancellationToken.None)).Failure.Kind);

        using var rig = sandbox.Rig(("Replicate:InlineBytes", "0"), ("Replicate:BaseUrl", "http://127.0.0.1:9"));
        Assert.Equal(FailureKind.ProviderDown, Assert.IsType<ProviderResult.Failed>(await Of(rig).SubmitAsync(Image(await SourceAsync(), "p"), CancellationToken.None)).Failure.Kind);
    }

    [Fact]
    public async Task A_prediction_that_is_cancelled_in_any_state_ends_and_cancelling_twice_is_harmless()
    {
        var source = await SourceAsync();
        var requests = Enumerable.Range(0, 4).Select(n => Video(source, $"waits {n}")).ToList();
        var handles = new List<string>();
        foreach (var request in requests)
        {
            handles.Add(Assert.IsType<ProviderResult.Submitted>(await Replicate.SubmitAsync(request, CancellationToken.None)).Handle);
        }

        foreach (var handle in handles.Concat(handles))
        {
            await Replicate.CancelAsync(handle, 7, CancellationToken.None);
        }

        foreach (var (handle, request) in handles.Zip(requests))
        {
            var end = await EndAsync(handle, request);
            Assert.True(end is ProviderResult.Finished or ProviderResult.Failed { Failure.Kind: FailureKind.Cancelled }, end.ToString());
            (end as ProviderResult.Finished)?.Outputs.ToList().ForEach(output => output.DeleteFiles());
        }

        Assert.IsType<ProviderResult.Failed>(await EndAsync(handles[^1], requests[^1]));
    }

    [Fact]
    public async Task What_is_not_kept_any_more_was_paid_for_and_is_not_made_again()
    {
        var request = Image(await SourceAsync(), "p");
        var handle = await DoneAsync(request);

        sandbox.Forward(TimeSpan.FromHours(2));
        Assert.Equal(FailureKind.OutcomeUnknown, Assert.IsType<ProviderResult.Failed>(await Replicate.PollAsync(handle, request, CancellationToken.None)).Failure.Kind);
        Assert.Equal(FailureKind.OutcomeUnknown, Assert.IsType<ProviderResult.Failed>(await Replicate.PollAsync("nosuchprediction", request, CancellationToken.None)).Failure.Kind);
    }

    [Fact]
    public async Task Routes_of_both_vendors_work_beside_each_other()
    {
        using var unknown = await PostAsync("/v1/models/no/such-model/predictions", new { input = new { } });
        using var nowhere = await PostAsync("/v1/trainings/x/y", new { });
        using var stranger = await sandbox.Http.PostAsJsonAsync("/v1/models/google/nano-banana/predictions", new { input = new { prompt = "p" } });
        using var fal = await sandbox.Http.PostAsJsonAsync("/fal-ai/no-such-model", new { });

        Assert.Equal((404, 404, 401, 404), ((int)unknown.StatusCode, (int)nowhere.StatusCode, (int)stranger.StatusCode, (int)fal.StatusCode));
        Assert.Equal("The requested resource could not be found.", (await nowhere.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>());
        Assert.StartsWith("Application ", (await fal.Content.ReadFromJsonAsync<JsonObject>())!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static IProvider Of(Rig rig) => rig.Get<ProviderRegistry>().Find(ProviderNames.Replicate)!;

    private async Task<ProviderResult> MakeAsync(GenerationRequest request)
    {
        var submitted = Assert.IsType<ProviderResult.Submitted>(await Replicate.SubmitAsync(request, CancellationToken.None));
        return await EndAsync(submitted.Handle, request);
    }

    private Task<ProviderResult> EndAsync(string handle, GenerationRequest request) =>
        Eventually.GetAsync(() => Replicate.PollAsync(handle, request, CancellationToken.None), result => result is not ProviderResult.Pending);

    /// <summary>A handle whose prediction has ended, without a look by the adapter.</summary>
    private async Task<string> DoneAsync(GenerationRequest request)
    {
        var handle = Assert.IsType<ProviderResult.Submitted>(await Replicate.SubmitAsync(request, CancellationToken.None)).Handle;
        await Eventually.HoldsAsync(async () =>
        {
            using var look = Authorized(HttpMethod.Get, "/v1/predictions/" + handle);
            using var answer = await sandbox.Http.SendAsync(look);
            return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["completed_at"] is not null;
        });
        return handle;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body)
    {
        using var request = Authorized(HttpMethod.Post, path);
        request.Content = JsonContent.Create(body);
        return await sandbox.Http.SendAsync(request);
    }

    private static HttpRequestMessage Authorized(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + RunningSandbox.Token);
        return request;
    }

    /// <summary>Replicate's part.</summary>
    private async Task<JsonNode> BillAsync() => (await sandbox.BillAsync())["providers"]!["replicate"]!;

    private async Task<int> UploadsAsync() => Number(await BillAsync(), "uploads");

    private static int Number(JsonNode owner, string name) => owner[name]!.GetValue<int>();

    private static async Task<string> KindAsync(ProviderResult.Finished finished)
    {
        var output = Assert.Single(finished.Outputs);
        var start = (await File.ReadAllBytesAsync(output.FilePath!)).Take(12).ToArray();
        output.DeleteFiles();
        return start[0] == 0x89 || start[0] == 0xFF ? "image" : System.Text.Encoding.ASCII.GetString(start, 4, 4) == "ftyp" ? "video/mp4" : "something else";
    }

    private Task<string> SourceAsync() => Tools.PictureAsync(_rig.PathOf($"{Guid.NewGuid():N}.png"), 320, 240);

    private static ImageRequest Image(string source, string prompt) => new(
        7, $"image-{Guid.NewGuid():N}", 1, new GenerationParameters("nano-banana", "1:1", Resolution: "1K"), prompt, Ask.NoVariation, source, "image/png");

    private static VideoRequest Video(string source, string prompt) => new(
        7, $"video-{Guid.NewGuid():N}", 1, new GenerationParameters("wan", "source", Resolution: "480p", DurationSec: 5), prompt, source, "image/png");
}
