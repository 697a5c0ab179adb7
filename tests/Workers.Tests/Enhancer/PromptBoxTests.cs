using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Providers;
using Testing;
using Testing.Studio;
using Workers.Tests.Support;
using Xunit;

namespace Workers.Tests.Enhancer;

/// <summary>The prompt box's call, and its cache.</summary>
public sealed class PromptBoxTests : IAsyncLifetime
{
    private readonly long _tenant = Workshop.NewId();
    private TestVhost _vhost = null!;
    private EnhancerHost _host = null!;

    public async Task InitializeAsync()
    {
        _vhost = await TestVhost.CreateAsync();
        // A Redis of its own: a provider that was refused here must not be left alone elsewhere.
        _host = await EnhancerHost.StartAsync(_vhost.Uri, await TestServers.EmptyRedisAsync());
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _vhost.DisposeAsync();
    }

    [Fact]
    public async Task Each_input_gets_its_prompts_in_order()
    {
        var results = (await AskAsync(Question(["a red dress", "a blue coat"], 3)))["results"]!.AsArray();

        Assert.Equal(["a red dress", "a blue coat"], results.Select(result => result!["input"]!.GetValue<string>()));
        Assert.Equal(["a blue coat 1", "a blue coat 2", "a blue coat 3"], results[1]!["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()));
        Assert.All(results, result => Assert.Equal(("scripted", false), (result!["provider"]!.GetValue<string>(), result["cached"]!.GetValue<bool>())));
    }

    [Fact]
    public async Task The_same_question_is_answered_from_the_cache_for_the_same_tenant_only()
    {
        var question = Question(["a red dress"], 2);
        var first = await AskAsync(question);

        var again = await AskAsync(question);
        Assert.True(again["results"]![0]!["cached"]!.GetValue<bool>());
        Assert.Equal(first["results"]![0]!["prompts"]!.ToJsonString(), again["results"]![0]!["prompts"]!.ToJsonString());
        Assert.Single(_host.Provider.Submits);

        var other = await AskAsync(question, Workshop.NewId());
        Assert.False(other["results"]![0]!["cached"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_the_demo_writer_had_to_add_is_counted_also_from_the_cache()
    {
        _host.Provider.OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Finished(
            [new Produced("A red dress by the sea", null, null, null, 7), new Produced("a red dress, at night", null, null, null, 7) { By = "local" }], 0.0004m));
        foreach (var cost in new[] { 0.0004m, 0m })
        {
            var result = (await AskAsync(Question(["a red dress"], 2)))["results"]![0]!;
            Assert.Equal((1, cost), (result["fallback"]!.GetValue<int>(), result["cost"]!.GetValue<decimal>()));
        }
    }

    [Theory]
    [InlineData("prompts", "[\"a red dress!\"]")]
    [InlineData("count", "3")]
    [InlineData("target", "\"i2v\"")]
    [InlineData("style_hints", "[\"noir\"]")]
    [InlineData("theme_focus", "\"poses\"")]
    [InlineData("max_chars", "100")]
    [InlineData("seed", "8")]
    public async Task Another_question_is_not_answered_from_the_cache(string field, string value)
    {
        var question = Question(["a red dress"], 2);
        await AskAsync(question);
        question[field] = JsonNode.Parse(value);

        Assert.False((await AskAsync(question))["results"]![0]!["cached"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Another_picture_is_another_question()
    {
        var question = Question(["a red dress"], 2);
        question["image"] = await PictureAsync(_tenant, 0);
        await AskAsync(question);
        Assert.True((await AskAsync(question))["results"]![0]!["cached"]!.GetValue<bool>());

        question["image"] = await PictureAsync(_tenant, 90);

        Assert.False((await AskAsync(question))["results"]![0]!["cached"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Without_redis_prompts_are_made_all_the_same()
    {
        await using var alone = await EnhancerHost.StartAsync(_vhost.Uri, redis: "127.0.0.1:1");
        using var client = alone.ClientOf(_tenant);
        var answer = await client.PostAsJsonAsync("/internal/prompts/enhance", Question(["a red dress"], 2));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_asks_without_the_internal_token()
    {
        using var client = _host.ClientOf(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("/internal/prompts/enhance", Question(["a"], 1))).StatusCode);
        Assert.Empty(_host.Provider.Submits);
    }

    [Fact]
    public async Task Every_fault_is_named_at_once()
    {
        var question = JsonNode.Parse("""{ "prompts": ["", "fine"], "count": 21, "target": "i2x", "max_chars": 0 }""")!.AsObject();
        question["image"] = await PictureAsync(Workshop.NewId(), 0);

        var problem = await RefusedAsync(question, 422);

        Assert.Equal(["/count", "/image", "/max_chars", "/prompts/0", "/target"], problem["errors"]!.AsObject().Select(error => error.Key));
        Assert.Empty(_host.Provider.Submits);
    }

    [Theory]
    [InlineData("{}", 422)]
    [InlineData("""{ "prompts": null, "count": 1, "target": "i2i" }""", 422)]
    [InlineData("""{ "prompts": [null], "count": 1, "target": "i2i" }""", 422)]
    [InlineData("""{ "prompts": "a", "count": 1, "target": "i2i" }""", 400)]
    [InlineData("""{ "prompts": ["a"], "count": 1, "target": "i2i", "image": {} }""", 422)]
    [InlineData("nonsense", 400)]
    public async Task Odd_bodies_are_refused_not_broken_on(string body, int expected)
    {
        using var client = _host.ClientOf(_tenant);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        Assert.Equal(expected, (int)(await client.PostAsync("/internal/prompts/enhance", content)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_provider_is_named_beside_those_there_are()
    {
        var question = Question(["a red dress"], 1);
        question["provider"] = "nobody";
        var text = (await RefusedAsync(question, 422))["errors"]!["/provider"]![0]!.GetValue<string>();
        Assert.Contains("'nobody'", text, StringComparison.Ordinal);
        Assert.Contains("local", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailureKind.ProviderDown, 502)]
    [InlineData(FailureKind.RateLimited, 503)]
    [InlineData(FailureKind.ContentRefused, 422)]
    public async Task A_failure_of_the_provider_is_told_and_not_kept(FailureKind kind, int expected)
    {
        var works = _host.Provider.OnSubmit;
        _host.Provider.OnSubmit = (_, _) => Task.FromResult<ProviderResult>(new ProviderResult.Failed(new ItemFailure(kind, "It said no.")));
        await RefusedAsync(Question(["a red dress"], 1), expected);

        _host.Provider.OnSubmit = works;
        using var client = _host.ClientOf(_tenant);
        // After too many requests it is left alone for a moment.
        using var answer = await Eventually.GetAsync(() => client.PostAsJsonAsync("/internal/prompts/enhance", Question(["a red dress"], 1)), answer => answer.IsSuccessStatusCode);
        Assert.False((await answer.Content.ReadFromJsonAsync<JsonObject>())!["results"]![0]!["cached"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Auto_is_the_demo_writer_when_nothing_else_is_set_up()
    {
        var question = Question(["woman in red dress"], 5);
        question["provider"] = "auto";

        var result = (await AskAsync(question))["results"]![0]!;

        Assert.Equal("local", result["provider"]!.GetValue<string>());
        Assert.Equal(5, result["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()).Distinct().Count());
    }

    private static JsonObject Question(string[] prompts, int count) => new()
    {
        ["prompts"] = new JsonArray([.. prompts.Select(prompt => JsonValue.Create(prompt))]), ["count"] = count, ["target"] = "i2i", ["provider"] = "scripted", ["seed"] = 7,
    };

    private async Task<JsonNode> AskAsync(JsonObject question, long? tenant = null)
    {
        using var client = _host.ClientOf(tenant ?? _tenant);
        var answer = await client.PostAsJsonAsync("/internal/prompts/enhance", question);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return JsonNode.Parse(text)!;
    }

    private async Task<JsonNode> RefusedAsync(JsonObject question, int expected)
    {
        using var client = _host.ClientOf(_tenant);
        var answer = await client.PostAsJsonAsync("/internal/prompts/enhance", question);
        Assert.Equal(expected, (int)answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private async Task<JsonObject> PictureAsync(long tenant, int hue)
    {
        using var content = new MemoryStream(await TestPictures.PhotoAsync(96, 96, hue));
        var stored = await _host.Store.PutAsync(tenant, content, "jpg", CancellationToken.None);
        return new JsonObject
        {
            ["object_key"] = stored.Key, ["sha256"] = stored.Sha256, ["content_type"] = "image/jpeg", ["width"] = 96, ["height"] = 96, ["bytes"] = stored.Bytes,
        };
    }
}
