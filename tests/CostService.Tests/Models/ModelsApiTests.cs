using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace CostService.Tests.Models;

[Collection(CostProcessCollection.Name)]
public sealed class ModelsApiTests(CostProcess cost)
{
    [Fact]
    public async Task All_models_are_listed_with_price_capabilities_and_server()
    {
        var (status, body) = await cost.GetAsync("/models");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Null(body["next_cursor"]);
        var model = Find(body, "kling-image");
        Assert.Equal(("Kling Image (v3)", "image", "active", "local", "true", "true"), (
            Text(model, "name"), Text(model, "kind"), Text(model, "status"), Text(model, "served_by"), Text(model, "simulated"), Text(model, "default")));
        Assert.Equal(("image", "0.028", "$0.028 per image", "2026-11-22"), (
            Text(model["price"]!, "unit"), Text(model["price"]!, "amount"), Text(model["price"]!, "display"), Text(model["price"]!, "as_of")));
        Assert.StartsWith("https://", Text(model["price"]!, "source"), StringComparison.Ordinal);
        Assert.Equal("""["1K","2K"]""", model["capabilities"]!["resolutions"]!.ToJsonString());
        Assert.Equal("25", Text(model["capabilities"]!, "typical_latency_sec"));
        Assert.Equal(("16:9", "1K"), (Text(model["defaults"]!, "aspect_ratio"), Text(model["defaults"]!, "resolution")));
        Assert.Empty(model["warnings"]!.AsArray());
    }

    [Fact]
    public async Task A_model_named_in_the_configuration_is_served_by_its_provider()
    {
        var model = Find((await cost.GetAsync("/models")).Body, "kling");

        Assert.Equal(("fal", "false"), (Text(model, "served_by"), Text(model, "simulated")));
        Assert.Equal("[5,10]", model["capabilities"]!["durations_sec"]!.ToJsonString());
        Assert.Equal("5", Text(model["defaults"]!, "duration_sec"));
        Assert.Equal(("$0.35 per 5 s", "5"), (Text(model["price"]!, "display"), Text(model["price"]!, "base_duration_sec")));
    }

    [Fact]
    public async Task A_retired_model_stays_listed_and_warns()
    {
        var model = Find((await cost.GetAsync("/models")).Body, "sora-2");

        Assert.Equal(("retired", "2026-09-24"), (Text(model, "status"), Text(model, "retired_at")));
        Assert.NotEmpty(model["warnings"]!.AsArray());
    }

    [Theory]
    [InlineData("image")]
    [InlineData("video")]
    public async Task A_kind_lists_its_own_models_and_one_default(string kind)
    {
        var models = (await cost.GetAsync($"/models?kind={kind}")).Body["data"]!.AsArray();

        Assert.All(models, model => Assert.Equal(kind, Text(model!, "kind")));
        Assert.Single(models, model => Text(model!, "default") == "true");
    }

    [Fact]
    public async Task Every_model_shows_a_price()
    {
        var models = (await cost.GetAsync("/models")).Body["data"]!.AsArray();

        Assert.All(models, model => Assert.Matches(@"^\$\d+\.\d{2,3}(–\$\d+\.\d{2,3})? per (image|\d+ s)$", Text(model!["price"]!, "display")));
    }

    [Fact]
    public async Task An_unknown_kind_is_refused_with_what_would_be_accepted()
    {
        var (status, body) = await cost.GetAsync("/models?kind=music");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("image or video", body["errors"]!["/kind"]![0]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_identity_nothing_is_listed() => Assert.Equal(HttpStatusCode.Unauthorized, (await cost.GetAsync("/models", tenant: null)).Status);

    [Fact]
    public async Task The_service_describes_itself()
    {
        var (status, body) = await cost.GetAsync("/openapi/v1.json", tenant: null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["/models", "/usage", "/usage/budget"], body["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
    }

    private static JsonNode Find(JsonNode body, string id) => body["data"]!.AsArray().Single(model => Text(model!, "id") == id)!;

    private static string Text(JsonNode node, string name) => node[name]!.ToString();
}
