using System.Net;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>The whole system with the fal adapter, and the sandbox at the other end, with faults on.</summary>
public sealed class SandboxTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(4);
    private readonly SandboxedStudio _both = new(address => new()
    {
        ["Providers__Default"] = "fal",
        ["Providers__Prompts"] = "anthropic",
        ["Anthropic__ApiKey"] = "sandbox-anthropic-key",
        ["Anthropic__BaseUrl"] = address,
        ["Fal__Key"] = "sandbox:key",
        ["Fal__QueueBaseUrl"] = address,
        ["Fal__RestBaseUrl"] = address,
        ["Fal__MediaHosts__0"] = address,
        ["Fal__CallTimeout"] = "00:00:03",
        ["Fal__WebhookUrl"] = "{gateway}/webhooks/fal",
    });

    private RunningStudio Studio => _both.Studio;

    public Task InitializeAsync() => _both.StartAsync();

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task A_run_with_faults_ends_with_every_item_made_or_failed_for_a_stated_reason_and_nothing_is_sent_twice()
    {
        foreach (var (fault, share) in new[] { ("rate_limit", 0.15m), ("ingress", 0.1m), ("policy", 0.15m), ("model_error", 0.1m), ("lost_answer", 0.08m), ("cut_file", 0.1m), ("no_webhook", 0.1m), ("two_webhooks", 0.1m) })
        {
            await _both.BreakAsync(fault, share);
        }

        var asset = (await Studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync())))[0];
        var id = (await Studio.Client.PostAsync("/pipelines", Body(asset), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        var done = await Studio.Client.UntilAsync(id, Long, "completed", "failed");

        // Whose answer was lost is found again by the call back, so that nothing that was bought stays away.
        await Eventually.HoldsAsync(
            async () => await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and (open or error_code = 'outcome_unknown')", id) == 0
                && await Studio.CountAsync("select count(*) from cost.holds where pipeline_id = $1", id) == 0,
            Long);
        Assert.True(await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and error_code = 'content_refused'", id) > 0, done.ToJsonString());
        Assert.Equal(0, await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = 'failed' and error_code not in ('content_refused', 'provider_down')", id));

        var bill = await _both.BillAsync();
        Assert.Equal(0, bill["sent_twice"]!.GetValue<int>());
        Assert.True(bill["accepted"]!.GetValue<int>() > 12);

        // One upload a picture that is asked about: the photo, and each image that a clip is made of.
        var images = await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and lane = 'image' and status = 'succeeded'", id);
        Assert.Equal(images + 1, bill["uploads"]!.GetValue<int>());

        // What was charged is what the other side's bills say, to the last place.
        var millionths = await Studio.CountAsync("select (sum(amount) * 1000000)::bigint from cost.ledger where pipeline_id = $1 and not simulated", id);
        Assert.Equal(bill["providers"]!["fal"]!["dollars"]!.GetValue<decimal>() + bill["providers"]!["anthropic"]!["dollars"]!.GetValue<decimal>(), millionths / 1_000_000m);
        Assert.True(bill["providers"]!["anthropic"]!["dollars"]!.GetValue<decimal>() > 0);
        Assert.Equal(0, await Studio.CountAsync("select count(*) from worker.provider_jobs where provider = 'fal' and result is null"));
        Assert.DoesNotContain("sandbox:key", string.Concat(Studio.Services.Select(service => service.Output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_the_accounts_fault_pauses_the_run_and_it_goes_on_when_that_is_mended()
    {
        await _both.BreakAsync("balance", 1);
        var asset = (await Studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(hue: 40))))[0];
        var id = (await Studio.Client.PostAsync("/pipelines", Body(asset, variations: 1, perPrompt: 1), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");

        var paused = await Studio.Client.UntilAsync(id, Long, "paused", "failed", "completed");
        Assert.Equal(("paused", "account"), (paused["status"]!.GetValue<string>(), paused["status_reason"]!.GetValue<string>()));

        await _both.BreakAsync("balance", 0);
        await Studio.Client.PostAsync($"/pipelines/{id}/retry", new { });
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        Assert.Equal(3, (await Studio.Client.UntilAsync(id, Long, "completed", "failed"))["progress"]!["succeeded"]!.GetValue<int>());
    }

    private static object Body(long asset, int variations = 3, int perPrompt = 3) => new
    {
        inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = variations } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = perPrompt, aspect_ratio = "9:16" } },
            new { step_type = "i2v", config = new { model = "wan", videos_per_image = 1, resolution = "480p", duration_sec = 5 } },
        },
    };
}
