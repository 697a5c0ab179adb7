using System.Net;
using System.Text.Json.Nodes;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>Two vendors, of which the first cannot be reached: who allowed it gets everything from the second, at its price.</summary>
public sealed class FallbackTests : IAsyncLifetime
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);
    private static readonly string Nobody = SandboxedStudio.FreeAddress();

    private readonly SandboxedStudio _both = new(address => new()
    {
        ["Providers__Order__0"] = "fal",
        ["Providers__Order__1"] = "replicate",
        ["Fal__Key"] = "sandbox:key",
        ["Fal__QueueBaseUrl"] = Nobody,
        ["Fal__RestBaseUrl"] = Nobody,
        ["Replicate__Token"] = "sandbox-token",
        ["Replicate__BaseUrl"] = address,
        ["Replicate__MediaHosts__0"] = address,
        ["Orchestration__RetryDelay"] = "00:00:00.200",
    });

    private RunningStudio Studio => _both.Studio;

    public Task InitializeAsync() => _both.StartAsync();

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task What_the_first_cannot_make_the_second_does_where_that_was_allowed_and_nowhere_else()
    {
        var asset = (await Studio.Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        var estimate = await Studio.Client.PostAsync("/pipelines/estimate", Body(asset, new { max_unit_price_usd = 1 }), HttpStatusCode.OK);
        var standby = estimate["steps"]![0]!["fallbacks"]!.AsArray().Single()!;
        Assert.Equal("replicate", standby["provider"]!.GetValue<string>());
        Assert.Contains(estimate["warnings"]!.AsArray(), warning => warning!.GetValue<string>().Contains("replicate does, at $", StringComparison.Ordinal));

        var alone = await StartAsync(asset, null);
        var helped = await StartAsync(asset, new { max_unit_price_usd = 1 });
        var done = await Studio.Client.UntilAsync(helped, Long, "completed", "failed", "paused");

        Assert.Equal((12, 0), (done["progress"]!["succeeded"]!.GetValue<int>(), done["progress"]!["failed"]!.GetValue<int>()));
        Assert.Equal(12, await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and provider = 'replicate' and served_by = 'replicate' and earlier is not null", helped));
        var price = standby["unit_price"]!.GetValue<decimal>();
        Assert.Equal(12 * price, done["cost_estimate"]!.GetValue<decimal>());
        await Eventually.HoldsAsync(async () => await Studio.CountAsync("select (coalesce(sum(amount), 0) * 1000000)::bigint from cost.ledger where pipeline_id = $1", helped) == (long)(12 * price * 1_000_000), Long);
        Assert.Equal(12, (await _both.BillAsync())["providers"]!["replicate"]!["accepted"]!.GetValue<int>());

        // Whoever did not allow it waits for the first, and is asked of nobody else.
        Assert.Equal(0, await Studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and (status = 'succeeded' or served_by is not null)", alone));
    }

    private async Task<long> StartAsync(long asset, object? fallback)
    {
        var id = (await Studio.Client.PostAsync("/pipelines", Body(asset, fallback), HttpStatusCode.Created))["id"]!.GetValue<long>();
        await Studio.Client.PostAsync($"/pipelines/{id}/run");
        return id;
    }

    private static JsonObject Body(long asset, object? fallback)
    {
        var config = new JsonObject { ["model"] = "nano-banana" };
        if (fallback is not null)
        {
            config["fallback"] = Text.Json.JsonSerializer.SerializeToNode(fallback);
        }

        return new JsonObject
        {
            ["inputs"] = Text.Json.JsonSerializer.SerializeToNode(new { images = new[] { new { asset_id = asset } }, prompts = Enumerable.Range(0, 12).Select(n => $"prompt {n}") }),
            ["steps"] = new JsonArray(new JsonObject { ["step_type"] = "i2i", ["config"] = config }),
        };
    }
}
