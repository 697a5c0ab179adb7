using System.Net;
using System.Text.Json.Nodes;
using Contracts.Costs;
using Testing;
using Xunit;

namespace CostService.Tests.Usage;

[Collection(CostProcessCollection.Name)]
public sealed class UsageApiTests(CostProcess cost)
{
    private const long Tenant = 700;
    private const string Month = "from=2026-10-01&to=2026-10-31";

    [Fact]
    public async Task Usage_is_summed_by_day_model_and_pipeline_with_simulated_money_apart()
    {
        await BookAsync(
            Settlement(Tenant, 1, "prompt_enhance", null, 5, 0.005m, day: 1),
            Settlement(Tenant, 2, "i2i", "kling-image", 1, 0.028m, day: 1),
            Settlement(Tenant, 3, "i2i", "kling-image", 1, 0.028m, day: 2, simulated: true),
            Settlement(Tenant, 4, "i2v", "kling", 1, 0.35m, day: 31, pipeline: 702),
            Settlement(Tenant, 5, "i2v", "kling", 0, 0, day: 31),
            Settlement(Tenant + 1, 6, "i2v", "kling", 1, 9m, day: 2));

        var days = await UsageAsync("day");
        Assert.Equal("""{"count":7,"amount":0.383,"simulated_count":1,"simulated_amount":0.028}""", days["total"]!.ToJsonString());
        Assert.Equal(["2026-10-01 6 0.033 0", "2026-10-02 0 0 1", "2026-10-31 1 0.35 0"], Rows(days));
        Assert.Equal(["kling 1 0.35 0", "kling-image 1 0.028 1", "prompt_enhance 5 0.005 0"], Rows(await UsageAsync("model")));
        Assert.Equal(["702 1 0.35 0", "701 6 0.033 1"], Rows(await UsageAsync("pipeline")));
        Assert.Equal(["fal 7 0.383 1"], Rows(await UsageAsync("provider")));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        await BookAsync(Settlement(720, 1, "i2v", "kling", 1, 1m, day: 5));

        var (_, body) = await cost.GetAsync($"/usage?{Month}", tenant: 721);

        Assert.Equal("0", body["total"]!["count"]!.ToString());
        Assert.Empty(body["data"]!.AsArray());
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_question_is_said_at_once()
    {
        var (status, body) = await cost.GetAsync("/usage?from=yesterday&to=2026-02-30&group_by=week", Tenant);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(["/from", "/group_by", "/to"], body["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Without_an_identity_there_is_no_usage() => Assert.Equal(HttpStatusCode.Unauthorized, (await cost.GetAsync("/usage", tenant: null)).Status);

    private async Task<JsonNode> UsageAsync(string groupBy)
    {
        var (status, body) = await cost.GetAsync($"/usage?{Month}&group_by={groupBy}", Tenant);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    // The last row of a batch stands when all do: a batch is one transaction.
    private async Task BookAsync(params ItemSettlement[] items)
    {
        await cost.PublishAsync(items);
        await Eventually.HoldsAsync(async () => (await cost.GetAsync($"/usage?{Month}", items[0].TenantId)).Body["data"]!.AsArray().Count > 0);
    }

    private static string[] Rows(JsonNode report) =>
        [.. report["data"]!.AsArray().Select(row => $"{row!["key"]} {row["count"]} {row["amount"]} {row["simulated_count"]}")];

    private static ItemSettlement Settlement(
        long tenant, long item, string stepType, string? model, int units, decimal amount, int day, bool simulated = false, long? pipeline = null) => new(
        tenant, pipeline ?? tenant + 1, 1, tenant * 1000 + item, 1, stepType, model, "fal", units, amount, amount, simulated, new DateTimeOffset(2026, 10, day, 23, 30, 0, TimeSpan.Zero));
}
