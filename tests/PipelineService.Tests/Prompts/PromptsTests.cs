using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Assets;
using PipelineService.Prompts;
using PipelineService.Tests.Assets;
using ServiceDefaults.Identity;

namespace PipelineService.Tests.Prompts;

/// <summary>The prompt box with an enhancer that answers what a test tells it to.</summary>
public sealed class PromptsFixture : IAsyncLifetime
{
    public LibraryHost Host { get; private set; } = null!;

    public ScriptedServer Enhancer { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Enhancer = await ScriptedServer.StartAsync();
        Host = await LibraryHost.StartAsync(
            builder =>
            {
                builder.AddAssets();
                builder.AddPrompts();
            },
            app =>
            {
                app.MapAssets();
                app.MapPrompts();
            },
            new Dictionary<string, string?> { ["services:enhancerservice:http:0"] = Enhancer.Address.AbsoluteUri, ["Prompts:EnhancerTimeout"] = "00:00:02" });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Enhancer.DisposeAsync();
    }
}

public sealed class PromptsTests(PromptsFixture fixture) : IClassFixture<PromptsFixture>
{
    private static readonly Uri Enhance = new("/prompts/enhance", UriKind.Relative);

    private readonly long _tenant = LibraryHost.NewTenant();

    private HttpClient Client => field ??= fixture.Host.ClientOf(_tenant);

    [Fact]
    public async Task Prompts_are_enhanced_in_the_callers_name_and_priced_by_what_was_delivered()
    {
        var asset = await AssetsFixture.UploadAsync(Client, 500);
        JsonNode? asked = null;
        Caller? caller = null;
        fixture.Enhancer.Serve("/internal/prompts/enhance", async context =>
        {
            var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            var identity = await fixture.Host.Services.GetRequiredService<InternalToken>().ValidateAsync(token);
            caller = Caller.From(new System.Security.Claims.ClaimsPrincipal(identity!));
            asked = await JsonNode.ParseAsync(context.Request.Body);
            await context.Response.WriteAsJsonAsync(new
            {
                results = new[]
                {
                    new { input = "woman in red dress", prompts = new[] { "a", "b", "c" }, provider = "local", cached = false },
                    new { input = "man in suit", prompts = new[] { "d", "e" }, provider = "local", cached = true },
                },
            });
        });

        using var answer = await Client.PostAsJsonAsync(Enhance, new
        {
            prompts = new[] { "woman in red dress", "man in suit" },
            count = 3,
            target = "i2v",
            style = "photorealistic",
            theme_focus = "outfits",
            image = new { asset_id = (long)asset["id"]! },
            model = "kling",
            seed = 9,
        });

        var body = await AssetsFixture.JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0.003m, (decimal)body["cost"]!);
        Assert.Equal(["a", "b", "c"], body["results"]![0]!["prompts"]!.AsArray().Select(prompt => (string)prompt!));
        Assert.Equal(_tenant, caller!.TenantId);
        Assert.Equal((3, "i2v", "photorealistic", "outfits", "auto", "kling", 9), (
            (int)asked!["count"]!, (string)asked["target"]!, (string)asked["style_hints"]![0]!, (string)asked["theme_focus"]!, (string)asked["provider"]!,
            (string)asked["target_model"]!, (int)asked["seed"]!));
        Assert.Equal((string)asset["sha256"]!, (string)asked["image"]!["sha256"]!);
        Assert.True((int)asked["max_chars"]! > 0);
    }

    [Fact]
    public async Task What_is_left_out_has_its_default()
    {
        JsonNode? asked = null;
        fixture.Enhancer.Serve("/internal/prompts/enhance", async context =>
        {
            asked = await JsonNode.ParseAsync(context.Request.Body);
            await context.Response.WriteAsJsonAsync(new { results = Array.Empty<object>() });
        });

        using var answer = await Client.PostAsJsonAsync(Enhance, new { prompts = new[] { "x" } });

        Assert.Equal(0m, (decimal)(await AssetsFixture.JsonAsync(answer))["cost"]!);
        Assert.Equal((5, "i2i", "auto", 0), ((int)asked!["count"]!, (string)asked["target"]!, (string)asked["provider"]!, (int)asked["seed"]!));
        Assert.Null(asked["image"]);
    }

    [Fact]
    public async Task Every_fault_is_told_at_once_and_the_enhancer_is_not_asked()
    {
        var before = fixture.Enhancer.Requests;
        using var other = fixture.Host.ClientOf(LibraryHost.NewTenant());
        var theirs = await AssetsFixture.UploadAsync(other, 501);

        using var answer = await Client.PostAsJsonAsync(Enhance, new
        {
            prompts = new[] { "fine", "", new string('x', 2001), "   " },
            count = 21,
            target = "i2x",
            theme_focus = "shoes",
            style = "",
            image = new { asset_id = (long)theirs["id"]! },
            model = "no-such-model",
            provider = "someone",
        });
        using var none = await Client.PostAsJsonAsync(Enhance, new { prompts = Array.Empty<string>(), count = 0 });
        using var many = await Client.PostAsJsonAsync(Enhance, new { prompts = Enumerable.Repeat("x", 101) });
        using var wrong = await Client.PostAsJsonAsync(Enhance, new { prompts = "x" });

        var errors = (await UploadTests.ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))["errors"]!.AsObject();
        Assert.Equal(
            ["/count", "/image/asset_id", "/model", "/prompts/1", "/prompts/2", "/prompts/3", "/provider", "/style", "/target", "/theme_focus"],
            errors.Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Contains("2,001", (string)errors["/prompts/2"]![0]!, StringComparison.Ordinal);
        Assert.Equal(["/count", "/prompts"], (await UploadTests.ProblemAsync(none, HttpStatusCode.UnprocessableEntity))["errors"]!.AsObject().Select(error => error.Key).Order());
        await UploadTests.ProblemAsync(many, HttpStatusCode.UnprocessableEntity);
        await UploadTests.ProblemAsync(wrong, HttpStatusCode.BadRequest);
        Assert.Equal(before, fixture.Enhancer.Requests);
    }

    [Fact]
    public async Task An_enhancer_that_is_away_silent_or_broken_is_503_and_one_that_refuses_a_provider_says_why()
    {
        fixture.Enhancer.Serve("/internal/prompts/enhance", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        using var broken = await Client.PostAsJsonAsync(Enhance, new { prompts = new[] { "x" } });
        fixture.Enhancer.Serve("/internal/prompts/enhance", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var silent = await Client.PostAsJsonAsync(Enhance, new { prompts = new[] { "x" } });
        fixture.Enhancer.Serve("/internal/prompts/enhance", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var away = await Client.PostAsJsonAsync(Enhance, new { prompts = new[] { "x" } });
        fixture.Enhancer.Serve("/internal/prompts/enhance", context =>
        {
            context.Response.StatusCode = 422;
            return context.Response.WriteAsJsonAsync(new { detail = "1 thing to fix", errors = new Dictionary<string, string[]> { ["/provider"] = ["No key for openai."] } });
        });
        using var refused = await Client.PostAsJsonAsync(Enhance, new { prompts = new[] { "x" }, provider = "openai" });

        foreach (var answer in new[] { broken, silent, away })
        {
            await UploadTests.ProblemAsync(answer, HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(answer.Headers.RetryAfter);
        }

        Assert.Equal("No key for openai.", (string)(await UploadTests.ProblemAsync(refused, HttpStatusCode.UnprocessableEntity))["errors"]!["/provider"]![0]!);
    }

    [Fact]
    public async Task Suggestions_come_from_the_tenants_own_prompts_first_then_from_the_vocabulary()
    {
        var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, prompts: ["Woman in a zebra coat", "100% cotton", "woman in red dress"]);
        var step = await Ledger.AddStepAsync(fixture.Host, pipeline, "prompt_enhance", 1);
        await Ledger.AddOutputAsync(fixture.Host, step, "x", text: "woman in a zebra coat, walking through neon rain");
        await Ledger.AddPipelineAsync(fixture.Host, LibraryHost.NewTenant(), prompts: ["woman in somebody else's secret"]);

        var found = await SuggestAsync("woman  in");

        Assert.Equal("Woman in a zebra coat", found.Single(prompt => prompt.Equals("woman in a zebra coat", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("woman in a zebra coat, walking through neon rain", found);
        Assert.Contains("woman in a linen suit", found);
        Assert.Single(found, prompt => prompt.Equals("woman in red dress", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(found, prompt => prompt.Contains("secret", StringComparison.Ordinal));
        Assert.All(found, prompt => Assert.StartsWith("woman in", prompt, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["100% cotton"], await SuggestAsync("100%"));
        Assert.Empty(await SuggestAsync("1_0"));
    }

    [Fact]
    public async Task There_are_at_most_eight_and_nonsense_has_none()
    {
        await Ledger.AddPipelineAsync(fixture.Host, _tenant, prompts: [.. Enumerable.Range(0, 15).Select(n => $"portrait number {n}")]);

        Assert.Equal(8, (await SuggestAsync("portrait")).Count);
        Assert.Empty(await SuggestAsync("qqqqzzzz"));
        Assert.True((await SuggestAsync("")).Count <= 8);
        using var nul = await Client.GetAsync(new Uri("/prompts/suggest?q=a%00b", UriKind.Relative));
        await UploadTests.ProblemAsync(nul, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Suggestions_stay_quick_with_a_long_history()
    {
        await fixture.Host.WithDatabaseAsync(async db =>
        {
            for (var n = 0; n < 60; n++)
            {
                var pipeline = await Ledger.AddPipelineAsync(fixture.Host, _tenant, prompts: [.. Enumerable.Range(0, 400).Select(p => $"castle {n} {p} {new string('y', 200)}")]);
                await Ledger.AddStepAsync(fixture.Host, pipeline, "prompt_enhance", 1);
            }
        });
        await SuggestAsync("castle");

        var times = new List<TimeSpan>();
        for (var round = 0; round < 11; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await SuggestAsync("castle");
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        Assert.True(times.Order().ElementAt(5) < TimeSpan.FromMilliseconds(50), $"Median {times.Order().ElementAt(5).TotalMilliseconds:0} ms.");
    }

    private async Task<List<string>> SuggestAsync(string typed)
    {
        using var answer = await Client.GetAsync(new Uri("/prompts/suggest?q=" + Uri.EscapeDataString(typed), UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return [.. (await AssetsFixture.JsonAsync(answer))["data"]!.AsArray().Select(prompt => (string)prompt!)];
    }
}
