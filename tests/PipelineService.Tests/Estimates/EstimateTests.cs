using System.Net;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Estimates;

/// <summary>The worked examples, over HTTP and with the real cost service, to the cent and to the character.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class EstimateTests(PipelinesHost host)
{
    [Fact]
    public async Task Three_images_through_all_steps_cost_eleven_dollars_thirty_six()
    {
        var tenant = host.NewTenant();
        var images = new[] { await host.AddAssetAsync(tenant.TenantId), await host.AddAssetAsync(tenant.TenantId), await host.AddAssetAsync(tenant.TenantId) };
        var estimate = await tenant.PostAsync("/pipelines/estimate", Requests.AllSteps(images), HttpStatusCode.OK);

        Assert.Equal(11.355m, estimate["total"]!.GetValue<decimal>());
        Assert.Equal("$11.36", estimate["total_display"]!.GetValue<string>());
        Assert.Equal(
            "Pipeline Cost Estimate:\n  ├─ Prompt Enhancement: 15 prompts × $0.001 = $0.02\n  ├─ I2I Generation: 30 images × $0.028 = $0.84\n  └─ I2V Generation: 30 videos × $0.35 = $10.50\n  ─────────────────────────────────────────────\n  Total: $11.36",
            estimate["display"]!.GetValue<string>());
        var enhance = estimate["steps"]![0]!;
        Assert.Equal("{\"step_type\":\"prompt_enhance\",\"model\":null,\"count\":15,\"unit\":\"prompt\",\"unit_price\":0.001,\"amount\":0.015,\"amount_display\":\"$0.02\",\"resolved\":null}", enhance.ToJsonString());
    }

    [Fact]
    public async Task One_image_through_all_steps_costs_three_dollars_seventy_nine()
    {
        var tenant = host.NewTenant();
        var estimate = await tenant.PostAsync("/pipelines/estimate", Requests.AllSteps([await host.AddAssetAsync(tenant.TenantId)]), HttpStatusCode.OK);

        Assert.Equal(3.785m, estimate.Amount("total"));
        Assert.Equal("$3.79", estimate.Text("total_display"));
        Assert.Contains("5 prompts × $0.001 = $0.01\n", estimate.Text("display"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_and_twenty_five_long_clips_of_wan_cost_sixty_two_dollars_fifty()
    {
        var tenant = host.NewTenant();
        var images = string.Join(',', Enumerable.Range(0, 25).Select(n => $$"""{ "url": "https://example.com/{{n}}.png" }"""));
        var body = Checking.Body(Checking.Step("i2v", "\"model\": \"wan\", \"videos_per_image\": 5, \"resolution\": \"480p\", \"duration_sec\": 10"), images: images);
        var line = (await tenant.PostAsync("/pipelines/estimate", body, HttpStatusCode.OK))["steps"]![0]!;

        Assert.Equal(125, line.Number("count"));
        Assert.Equal("$62.50", line.Text("amount_display"));
    }

    [Theory]
    [InlineData("pairwise")]
    [InlineData("full")]
    public async Task The_coverages_of_set_mode_stand_side_by_side_with_what_follows_from_them(string chosen)
    {
        var tenant = host.NewTenant();
        const string Options = """{ "angles": ["front", "side", "three_quarter", "back"], "expressions": ["smile", "serious", "laugh", "neutral"], "poses": ["standing", "sitting", "walking", "action"], "outfits": ["casual", "formal", "sport"], "lighting": ["studio", "natural", "dramatic", "soft"] }""";
        var set = $$"""{ "coverage": "{{chosen}}", "variations": ["angles", "expressions", "poses", "outfits", "lighting"], "options": {{Options}} }""";
        var body = Checking.Body(
            Checking.Step("i2i", $"\"model\": \"kling-image\", \"set_mode\": {set}") + ", " + Checking.Step("i2v", "\"model\": \"kling\""), images: """{ "url": "https://example.com/a.png" }""");
        var estimate = await tenant.PostAsync("/pipelines/estimate", body, HttpStatusCode.OK);
        var plans = estimate["steps"]![0]!["set_mode_plans"]!.AsArray();

        Assert.Equal(["full", "one_at_a_time", "pairwise"], plans.Select(plan => plan!.Text("coverage")));
        Assert.Equal([768, 19, 16], plans.Select(plan => plan!.Number("count")));
        Assert.Equal(["$21.50", "$0.53", "$0.45"], plans.Select(plan => plan!.Text("amount_display")));
        Assert.Equal([290.304m, 7.182m, 6.048m], plans.Select(plan => plan!.Amount("total")));
        Assert.Equal(estimate.Amount("total"), plans.Single(plan => plan!["chosen"]!.GetValue<bool>())!.Amount("total"));
        Assert.All(plans, plan => Assert.False(plan!["over_limit"]!.GetValue<bool>()));
        Assert.Null(estimate["steps"]![1]!["set_mode_plans"]);
    }

    [Fact]
    public async Task A_step_left_out_and_a_skipped_one_are_not_in_the_estimate()
    {
        var tenant = host.NewTenant();
        var image = await host.AddAssetAsync(tenant.TenantId);
        var estimate = await tenant.PostAsync(
            "/pipelines/estimate", Checking.Body("""{ "step_type": "prompt_enhance", "skip": true }, { "step_type": "i2i", "config": { "model": "kling-image" } }""", images: $$"""{ "asset_id": {{image}} }"""), HttpStatusCode.OK);

        Assert.Equal(["i2i"], estimate["steps"]!.AsArray().Select(step => step!.Text("step_type")));
        Assert.Equal("Pipeline Cost Estimate:\n  └─ I2I Generation: 1 image × $0.028 = $0.03\n  ─────────────────────────────────────────────\n  Total: $0.03", estimate.Text("display"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_tree_and_a_sample_and_stores_nothing()
    {
        var tenant = host.NewTenant();
        var image = await host.AddAssetAsync(tenant.TenantId);
        var dry = await tenant.PostAsync("/pipelines/dry-run", Requests.AllSteps([image, image, image]), HttpStatusCode.OK);

        var enhance = dry["tree"]!["then"]!;
        Assert.Equal((3, 15), (enhance.Number("items"), enhance.Number("outputs")));
        var images = enhance["then"]!;
        Assert.Equal(("i2i", 30, 2m, 0.84m), (images.Text("step_type"), images.Number("items"), images.Amount("outputs_per_parent"), images.Amount("amount")));
        Assert.Equal(30, images["then"]!.Number("outputs"));
        Assert.Null(images["then"]!["then"]);
        Assert.Equal(11.355m, dry.Amount("total"));
        var sample = dry["sample"]!.AsArray();
        Assert.Equal(3 + 10 + 10, sample.Count);
        Assert.Equal(("i2i", 1, 0, "<variation 1 of: woman in red dress>"), (sample[3]!.Text("step_type"), sample[3]!.Number("number"), sample[3]!.Number("image_index"), sample[3]!.Text("prompt")));
        Assert.Empty((await tenant.GetAsync("/pipelines"))["data"]!.AsArray());
    }
}
