using System.Net;
using System.Text.Json.Nodes;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>An installation without any vendor's key, and a workspace that brings its own.</summary>
public sealed class OwnKeysTests : IAsyncLifetime
{
    private const string Fal = "sandbox:key";
    private const string Anthropic = "sandbox-anthropic-key";
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly SandboxedStudio _both = new(address => new()
    {
        ["Anthropic__BaseUrl"] = address,
        ["Fal__QueueBaseUrl"] = address,
        ["Fal__RestBaseUrl"] = address,
        ["Fal__MediaHosts__0"] = address,
        ["Fal__WebhookUrl"] = "{gateway}/webhooks/fal",
    });

    private RunningStudio Studio => _both.Studio;

    public Task InitializeAsync() => _both.StartAsync();

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task A_workspace_that_brings_its_keys_is_served_by_those_vendors_and_pays_them_and_nobody_sees_a_key()
    {
        var before = await ProviderAsync("fal");
        Assert.Equal((null, true, 0), (before["key"]?.GetValue<string>(), before["takes_key"]!.GetValue<bool>(), before["serves"]!.GetValue<int>()));

        await RefusedAsync("fal", "onepartonly", "two parts");
        await RefusedAsync("fal", "with a blank:here", "no blanks");
        await RefusedAsync("openai", "short", "8 to 400");
        Assert.Equal(HttpStatusCode.NotFound, (await PutKeyAsync("local", "whatever:key")).StatusCode);

        Assert.Equal("…:key", (await Studio.Client.PutAsync("/providers/fal/key", new { key = $" {Fal} " }))["hint"]!.GetValue<string>());
        await Studio.Client.PutAsync("/providers/anthropic/key", new { key = Anthropic });
        var own = await ProviderAsync("fal");
        Assert.Equal(("workspace", "…:key", true), (own["key"]!.GetValue<string>(), own["key_hint"]!.GetValue<string>(), own["serves"]!.GetValue<int>() > 30));

        Assert.Equal("works", await CheckAsync("fal"));
        Assert.Equal("works", await CheckAsync("anthropic"));
        Assert.Equal("missing", await CheckAsync("replicate"));
        await Eventually.HoldsAsync(async () => (await Studio.Client.GetAsync("/models?kind=image"))["data"]!.AsArray().All(model => model!["simulated"]!.GetValue<bool>() is false));

        // Everybody else has the demo renderer.
        using var other = Studio.ClientOf(2);
        Assert.All((await other.GetAsync("/providers"))["data"]!.AsArray(), provider => Assert.Null(provider!["key"]));

        var asset = (await Studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync())))[0];
        var done = await RunAsync(asset);
        Assert.Equal(("completed", 6), (done["status"]!.GetValue<string>(), done["progress"]!["succeeded"]!.GetValue<int>()));
        await Eventually.HoldsAsync(async () => await DollarsAsync() == await BilledAsync());
        Assert.True(await BilledAsync() > 0);

        // What the prompt box spends is booked too, and a question that was nearly asked before costs nothing where that is wanted.
        var spent = await EnhanceAsync("woman in a red dress, walking along the beach");
        Assert.True(spent["cost"]!.GetValue<decimal>() > 0);
        await Eventually.HoldsAsync(async () => await DollarsAsync() == await BilledAsync());
        Assert.Contains((await Studio.Client.GetAsync("/usage?group_by=pipeline"))["data"]!.AsArray(), row => row!["key"]!.GetValue<string>() == "prompts");
        Assert.False((await EnhanceAsync("women in red dresses walking along a beach"))["results"]![0]!["cached"]!.GetValue<bool>());
        await Studio.Client.PutAsync("/prompts/settings", new { similar_prompts = true });
        var similar = (await EnhanceAsync("the woman in a red dress walks along the beach"))["results"]![0]!;
        Assert.Equal((true, 0m), (similar["cached"]!.GetValue<bool>(), similar["cost"]!.GetValue<decimal>()));
        Assert.NotNull(similar["similar_to"]);
        Assert.False((await EnhanceAsync("the woman in a blue dress walks along the beach"))["results"]![0]!["cached"]!.GetValue<bool>());

        // A key that the vendor no longer takes is the account's matter, shown where it is mended.
        await Studio.Client.PutAsync("/providers/fal/key", new { key = "revoked:key-of-old" });
        Assert.Equal("refused", await CheckAsync("fal"));
        await Eventually.HoldsAsync(async () => (await RunAsync(asset))["status_reason"]?.GetValue<string>() == "account");
        await Eventually.HoldsAsync(async () => (await ProviderAsync("fal"))["last_error"]?["code"]?.GetValue<string>() == "unauthorized");

        Assert.Equal(HttpStatusCode.NoContent, (await Studio.Client.DeleteAsync("/providers/fal/key")).StatusCode);
        Assert.Null((await ProviderAsync("fal"))["key"]);

        // Neither in the database nor in a log.
        Assert.Equal(1, await Studio.CountAsync("select count(*) from cost.provider_keys where tenant_id = 1 and sealed not like '%anthropic%'"));
        var said = string.Concat(Studio.Services.Select(service => service.Output));
        Assert.All(new[] { Fal, Anthropic, "key-of-old" }, key => Assert.DoesNotContain(key, said, StringComparison.Ordinal));
    }

    private async Task<JsonNode> RunAsync(long asset)
    {
        var id = (await Studio.Client.PostAsync(
            "/pipelines",
            new
            {
                inputs = new { images = new[] { new { asset_id = asset } }, prompts = new[] { "woman in red dress" } },
                steps = new object[]
                {
                    new { step_type = "prompt_enhance", config = new { variations_per_prompt = 2 } },
                    new { step_type = "i2i", config = new { model = "nano-banana", images_per_prompt = 1 } },
                    new { step_type = "i2v", config = new { model = "wan", videos_per_image = 1, resolution = "480p", duration_sec = 5 } },
                },
            },
            HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        return await Studio.Client.UntilAsync(id, Long, "completed", "failed", "paused");
    }

    private Task<JsonNode> EnhanceAsync(string prompt) => Studio.Client.PostAsync("/prompts/enhance", new { prompts = new[] { prompt }, count = 2 }, HttpStatusCode.OK);

    private async Task<decimal> DollarsAsync() => await Studio.CountAsync("select coalesce((sum(amount) * 1000000)::bigint, 0) from cost.ledger where not simulated") / 1_000_000m;

    private async Task<decimal> BilledAsync() => (await _both.BillAsync())["providers"]!.AsObject().Sum(vendor => vendor.Value!["dollars"]!.GetValue<decimal>());

    private async Task<JsonNode> ProviderAsync(string name) =>
        (await Studio.Client.GetAsync("/providers"))["data"]!.AsArray().Single(provider => provider!["name"]!.GetValue<string>() == name)!;

    private async Task<string> CheckAsync(string name) => (await Studio.Client.PostAsync($"/providers/{name}/check", new { }, HttpStatusCode.OK))["state"]!.GetValue<string>();

    private async Task RefusedAsync(string provider, string key, string why)
    {
        var problem = await Studio.Client.PutAsync($"/providers/{provider}/key", new { key }, HttpStatusCode.UnprocessableEntity);
        Assert.Contains(why, problem["errors"]!["/key"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(key, problem.ToJsonString(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PutKeyAsync(string provider, string key)
    {
        using var http = new HttpClient { BaseAddress = Studio.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Studio.ApiKey);
        return await http.PutAsync($"/providers/{provider}/key", Net.Http.Json.JsonContent.Create(new { key }));
    }
}
