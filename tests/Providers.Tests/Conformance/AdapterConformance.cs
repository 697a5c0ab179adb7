using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers.Tests.Fal;
using Sandbox;
using Testing;

namespace Providers.Tests.Conformance;

/// <summary>
/// What every adapter of a vendor of pictures owes, whatever goes wrong: it asks once, what may be asked again was not bought, what was made arrives, and nobody's words
/// or keys are told on. Each fault of the sandbox is tried.
/// </summary>
public abstract class AdapterConformance(RunningSandbox sandbox, string vendor, string model) : IDisposable
{
    private const string Secret = "SECRETWORDS";
    private static readonly Lazy<Task<string>> Source = new(() => Tools.PictureAsync(Path.Combine(Directory.CreateTempSubdirectory("conformance-").FullName, "source.png")));
    private readonly Rig _rig = sandbox.Rig();

    // Those of prompts and of calls back are no matter of a picture's.
    public static TheoryData<string> AllFaults => [.. Faults.All.Except([Fault.ShortAnswer, Fault.NoWebhook, Fault.TwoWebhooks]).Select(Faults.Name)];

    private static string[] Keys => [RunningSandbox.Key, RunningSandbox.Token, RunningSandbox.OpenAiKey];

    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_was_made_arrives_and_is_billed_once()
    {
        var before = await BillAsync();
        var finished = Assert.IsType<ProviderResult.Finished>(await MakeAsync(_rig, await RequestAsync("portrait in the rain")));
        Assert.True(await IsPictureAsync(finished));
        Assert.NotNull(finished.RequestId);

        var after = await BillAsync();
        Assert.Equal((1, 1), (Number(after, "accepted") - Number(before, "accepted"), Number(after, "finished") - Number(before, "finished")));
        Assert.True(after["dollars"]!.GetValue<decimal>() > before["dollars"]!.GetValue<decimal>());
    }

    [Theory]
    [MemberData(nameof(AllFaults))]
    public async Task Whatever_goes_wrong_it_is_asked_once_and_what_may_be_asked_again_was_not_bought(string fault)
    {
        using var rig = sandbox.Rig(fault == "no_answer" ? [("Fal:CallTimeout", "00:00:03"), ("Replicate:CallTimeout", "00:00:03"), ("OpenAI:ImageTimeout", "00:00:03")] : []);
        var before = await BillAsync();

        var result = await MakeAsync(rig, await RequestAsync($"{Secret} [fault: {fault}]"));

        var after = await BillAsync();
        Assert.InRange(Number(after, "accepted") - Number(before, "accepted"), 0, 1);
        Assert.Equal(Number(before, "sent_twice"), Number(after, "sent_twice"));
        switch (result)
        {
            case ProviderResult.Finished finished:
                // A file that is a text is found out when it is stored.
                Assert.True(await IsPictureAsync(finished) || fault == "wrong_file", fault);
                break;
            case ProviderResult.Failed { Failure: var failure }:
                Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
                Assert.All(Keys, key => Assert.DoesNotContain(key, failure.Message, StringComparison.Ordinal));
                Assert.True(!failure.Kind.IsRetryable() || after["dollars"]!.GetValue<decimal>() == before["dollars"]!.GetValue<decimal>(), $"{fault} was bought and may be bought again.");
                Assert.Equal(fault == "rate_limit" ? TimeSpan.FromSeconds(1) : null, failure.RetryAfter);
                break;
            default:
                Assert.Fail($"{fault} ended as {result}.");
                break;
        }
    }

    [Fact]
    public async Task Where_nobody_is_nothing_was_bought()
    {
        const string Nobody = "http://127.0.0.1:9";
        using var rig = sandbox.Rig(("Fal:QueueBaseUrl", Nobody), ("Fal:RestBaseUrl", Nobody), ("Replicate:BaseUrl", Nobody), ("OpenAI:BaseUrl", Nobody));
        Assert.Equal(FailureKind.ProviderDown, Assert.IsType<ProviderResult.Failed>(await MakeAsync(rig, await RequestAsync("p"))).Failure.Kind);
    }

    [Fact]
    public async Task A_wrong_key_is_the_account_s_matter()
    {
        using var rig = sandbox.Rig(("Fal:Key", "wrong:key"), ("Replicate:Token", "wrong"), ("OpenAI:ApiKey", "wrong"));
        Assert.Equal(FailureKind.Unauthorized, Assert.IsType<ProviderResult.Failed>(await MakeAsync(rig, await RequestAsync("p"))).Failure.Kind);
    }

    [Fact]
    public async Task A_source_that_is_gone_is_named_before_anything_is_asked()
    {
        var before = Number(await BillAsync(), "accepted");
        var request = await RequestAsync("p") with { SourcePath = _rig.PathOf("gone.png") };
        Assert.Equal(FailureKind.SourceMissing, Assert.IsType<ProviderResult.Failed>(await MakeAsync(_rig, request)).Failure.Kind);
        Assert.Equal(before, Number(await BillAsync(), "accepted"));
    }

    [Theory]
    [InlineData("queued")]
    [InlineData("running")]
    [InlineData("ended")]
    public async Task Another_process_goes_on_with_an_accepted_job_and_may_cancel_it_in_any_state(string state)
    {
        var request = await RequestAsync("portrait");
        if (await Of(_rig).SubmitAsync(request, CancellationToken.None) is not ProviderResult.Submitted { Handle: var handle })
        {
            // Who answers at once leaves nothing to go on with; of these only one does.
            Assert.Equal(ProviderNames.OpenAi, vendor);
            return;
        }

        using var other = sandbox.Rig();
        await Eventually.HoldsAsync(async () => await StateAsync(other, handle, request) is var now && (state == "queued" || (state == "running" && now is not ProviderResult.Pending { Running: false }) || now is not ProviderResult.Pending));
        if (state != "ended")
        {
            await Of(other).CancelAsync(handle, 7, CancellationToken.None);
        }

        var end = await Eventually.GetAsync(() => StateAsync(other, handle, request), result => result is not ProviderResult.Pending);
        Assert.True(end is ProviderResult.Finished || end is ProviderResult.Failed { Failure.Kind: FailureKind.Cancelled or FailureKind.OutcomeUnknown }, $"{end}");
        await Of(other).CancelAsync(handle, 7, CancellationToken.None);
    }

    private IProvider Of(Rig rig) => rig.Get<ProviderRegistry>().Find(vendor)!;

    private async Task<ProviderResult> StateAsync(Rig rig, string handle, GenerationRequest request)
    {
        var result = await Of(rig).PollAsync(handle, request, CancellationToken.None);
        if (result is ProviderResult.Finished finished)
        {
            Assert.Single(finished.Outputs).DeleteFiles();
        }

        return result;
    }

    /// <summary>From the submit to the end. A look that fails is taken again, as the poller does it.</summary>
    private async Task<ProviderResult> MakeAsync(Rig rig, GenerationRequest request)
    {
        var result = await Of(rig).SubmitAsync(request, CancellationToken.None);
        return result is not ProviderResult.Submitted submitted ? result : await Eventually.GetAsync(
            async () =>
            {
                try
                {
                    return await Of(rig).PollAsync(submitted.Handle, request, CancellationToken.None);
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
                {
                    return new ProviderResult.Pending(Running: true);
                }
            },
            end => end is not ProviderResult.Pending);
    }

    private async Task<ImageRequest> RequestAsync(string prompt) => new(
        7, $"conformance-{Guid.NewGuid():N}", 1, new GenerationParameters(model, "1:1", Size: model.StartsWith("gpt", StringComparison.Ordinal) ? "1024x1024" : null, Quality: model.StartsWith("gpt", StringComparison.Ordinal) ? "low" : null),
        prompt, Ask.NoVariation, await Source.Value, "image/png");

    private async Task<JsonObject> BillAsync() => (await sandbox.BillAsync())["providers"]![vendor]!.AsObject();

    private static int Number(JsonNode bill, string name) => bill[name]!.GetValue<int>();

    private static async Task<bool> IsPictureAsync(ProviderResult.Finished finished)
    {
        var output = Assert.Single(finished.Outputs);
        var start = (await File.ReadAllBytesAsync(output.FilePath!)).Take(2).ToArray();
        output.DeleteFiles();
        return start is [0x89, 0x50] or [0xFF, 0xD8];
    }
}

public sealed class FalConformance(RunningSandbox sandbox) : AdapterConformance(sandbox, ProviderNames.Fal, "nano-banana"), IClassFixture<RunningSandbox>;

public sealed class ReplicateConformance(RunningSandbox sandbox) : AdapterConformance(sandbox, ProviderNames.Replicate, "nano-banana"), IClassFixture<RunningSandbox>;

public sealed class OpenAiConformance(RunningSandbox sandbox) : AdapterConformance(sandbox, ProviderNames.OpenAi, "gpt-image-2"), IClassFixture<RunningSandbox>;
