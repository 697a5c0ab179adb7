using PipelineService.Pipelines;
using static PipelineService.Tests.Pipelines.Checking;

namespace PipelineService.Tests.Pipelines;

/// <summary>Bad input: each fault is named where it stands, with what would be accepted, and all of them at once.</summary>
public sealed class DraftChecksTests
{
    [Fact]
    public void A_plain_request_has_no_faults_and_gets_a_name_from_its_prompt()
    {
        var (draft, faults) = Check(Body());

        Assert.Empty(faults.ToDictionary());
        Assert.Equal("woman in red dress", draft.Name);
        Assert.Equal(5, draft.Plan.Steps[0].Outputs);
        Assert.Equal("kling-image", draft.Steps[1].Resolved!.Model);
        Assert.Equal("local", draft.Steps[0].Provider);
    }

    [Theory]
    [InlineData("""{ "step_type": "i2i", "config": { "model": "klinge" } }""", "/steps/0/config/model", "kling-image")]
    [InlineData("""{ "step_type": "i2i", "config": { "model": "wan" } }""", "/steps/0/config/model", "does not make images")]
    [InlineData("""{ "step_type": "i2v", "config": { "model": "kling", "duration_sec": 7 } }""", "/steps/0/config/duration_sec", "5, 10")]
    [InlineData("""{ "step_type": "i2i", "config": { "model": "kling-image", "aspect_ratio": "5:3" } }""", "/steps/0/config/aspect_ratio", "16:9")]
    [InlineData("""{ "step_type": "i2v", "config": { "model": "kling", "resolution": "480p" } }""", "/steps/0/config/resolution", "1080p")]
    [InlineData("""{ "step_type": "i2i", "config": { "model": "kling-image", "quality": "high" } }""", "/steps/0/config/quality", "leave it out")]
    [InlineData("""{ "step_type": "i2i", "config": { "images_per_prompt": 0 } }""", "/steps/0/config/images_per_prompt", "1 to 10")]
    [InlineData("""{ "step_type": "i2i", "config": { "images_per_prompt": 11 } }""", "/steps/0/config/images_per_prompt", "1 to 10")]
    [InlineData("""{ "step_type": "i2v", "config": { "videos_per_image": 11 } }""", "/steps/0/config/videos_per_image", "1 to 10")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "variations_per_prompt": 21 } }""", "/steps/0/config/variations_per_prompt", "1 to 20")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "theme_focus": "shoes" } }""", "/steps/0/config/theme_focus", "outfits")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "target_type": "t2i" } }""", "/steps/0/config/target_type", "i2v")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "scope": "all" } }""", "/steps/0/config/scope", "per_image")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "provider": "anthropic" } }""", "/steps/0/config/provider", "not set up")]
    [InlineData("""{ "step_type": "prompt_enhance", "config": { "provider": "fal" } }""", "/steps/0/config/provider", "auto, anthropic, openai, local")]
    [InlineData("""{ "step_type": "i2i", "config": { "seed": 2147483648 } }""", "/steps/0/config/seed", "2147483647")]
    [InlineData("""{ "step_type": "i2i", "config": { "seed": -1 } }""", "/steps/0/config/seed", "0 to")]
    [InlineData("""{ "step_type": "i2i", "config": { "videos_per_image": 2 } }""", "/steps/0/config/videos_per_image", "belongs to i2v")]
    [InlineData("""{ "step_type": "i2i", "config": { "modle": "wan" } }""", "/steps/0/config/modle", "Did you mean 'model'?")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": ["hats"] } } }""", "/steps/0/config/set_mode/variations/0", "angles")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": [] } } }""", "/steps/0/config/set_mode/variations", "angles")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": ["angles"], "options": { "angles": ["top"] } } } }""", "/steps/0/config/set_mode/options/angles/0", "three_quarter")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": ["outfits"] } } }""", "/steps/0/config/set_mode/options/outfits", "no standard list")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": ["angles"], "coverage": "some" } } }""", "/steps/0/config/set_mode/coverage", "pairwise")]
    [InlineData("""{ "step_type": "i2i", "config": { "set_mode": { "variations": ["angles"], "count_per_variation": 6 } } }""", "/steps/0/config/set_mode/count_per_variation", "1 to 5")]
    [InlineData("""{ "step_type": "t2i" }""", "/steps/0/step_type", "prompt_enhance, i2i, i2v")]
    [InlineData("""{ "step_type": "i2v" }, { "step_type": "i2i" }""", "/steps/1/step_type", "comes too late")]
    [InlineData("""{ "step_type": "i2i" }, { "step_type": "i2i" }""", "/steps/1/step_type", "there twice")]
    [InlineData("""{ "step_type": "i2i", "skip": true }""", "/steps", "At least one step")]
    [InlineData("", "/steps", "1 to 3 steps")]
    public void A_wrong_step_is_named(string steps, string pointer, string accepted) => Names(Faults(Body(steps)), pointer, accepted);

    [Theory]
    [InlineData("\"name\": \"\"", "/name", "1 to 200")]
    [InlineData("\"mode\": \"fast\"", "/mode", "manual, auto, checkpoint")]
    [InlineData("\"checkpoints\": [\"i2i\"]", "/checkpoints", "mode 'checkpoint'")]
    [InlineData("\"mode\": \"checkpoint\"", "/checkpoints", "at least one")]
    [InlineData("\"mode\": \"checkpoint\", \"checkpoints\": [\"upscale\"]", "/checkpoints/0", "prompt_enhance, i2i, i2v")]
    [InlineData("\"on_item_failure\": \"ignore\"", "/on_item_failure", "continue, stop")]
    [InlineData("\"budget_usd\": 0", "/budget_usd", "above 0")]
    [InlineData("\"budget_usd\": 1000001", "/budget_usd", "1,000,000")]
    [InlineData("\"budget_usd\": 0.0000001", "/budget_usd", "six decimals")]
    [InlineData("\"webhook_url\": \"ftp://example.com/x\"", "/webhook_url", "http or https")]
    [InlineData("\"webhook_url\": \"/hook\"", "/webhook_url", "absolute")]
    [InlineData("\"tags\": [\"\"]", "/tags/0", "1 to 50")]
    [InlineData("\"nmae\": \"x\"", "/nmae", "Did you mean 'name'?")]
    [InlineData("\"a/b\": 1", "/a~1b", "no such field")]
    public void A_wrong_field_of_the_pipeline_is_named(string field, string pointer, string accepted) => Names(Faults(Body(more: field)), pointer, accepted);

    [Fact]
    public void Prompts_are_one_to_two_thousand_characters_and_not_blank()
    {
        Names(Faults(Body(prompts: "\"   \"")), "/inputs/prompts/0", "1 to 2,000");
        Names(Faults(Body(prompts: $"\"fine\", \"{new string('x', 2001)}\"")), "/inputs/prompts/1", "2,001 characters");
        Names(Faults(Body(prompts: "null")), "/inputs/prompts/0", "1 to 2,000");
        Names(Faults(Body(prompts: "\"a\\u0000b\"")), "/inputs/prompts/0", "control characters");
        Assert.Empty(Faults(Body(prompts: $"\"{new string('x', 2000)}\"")));
    }

    [Fact]
    public void A_generator_needs_an_image_and_the_first_step_a_prompt()
    {
        var faults = Faults("""{ "steps": [{ "step_type": "i2i" }] }""");

        Names(faults, "/inputs/images", "at least one image");
        Names(faults, "/inputs/prompts", "/steps/0/config/prompts");
        Assert.Empty(Faults(Body(Step("prompt_enhance"), images: "")));
        Assert.Empty(Faults(Body(Step("i2i", "\"prompts\": [\"own words\"]"), prompts: "")));
    }

    [Fact]
    public void Paired_lists_match_or_one_of_them_has_one_entry_with_an_enhancer_too()
    {
        const string two = """{ "asset_id": 1 }, { "asset_id": 2 }""";
        const string three = "\"a\", \"b\", \"c\"";
        Names(Faults(Body(images: two, prompts: three, combine: "paired")), "/inputs/prompts", "2 images, 3 prompts");
        Names(Faults(Body(Step("i2i"), images: two, prompts: three, combine: "paired")), "/inputs/prompts", "2 images, 3 prompts");
        Names(
            Faults(Body(Step("prompt_enhance", $"\"input_prompts\": [{three}]") + ", " + Step("i2i"), images: two, combine: "paired")),
            "/steps/0/config/input_prompts", "2 images, 3 prompts");
        Assert.Empty(Faults(Body(images: two, prompts: "\"a\"", combine: "paired")));
        Assert.Empty(Faults(Body(images: two, prompts: three)));
        Assert.Empty(Faults(Body(Step("i2i", $"\"prompts\": [{three}]"), images: two, prompts: "", combine: "paired")));
    }

    [Fact]
    public void A_prompt_that_its_model_does_not_take_is_refused_with_the_limit()
    {
        var prompt = new string('x', 801);
        Names(Faults(Body(Step("i2v", "\"model\": \"wan\""), prompts: $"\"{prompt}\"")), "/inputs/prompts/0", "up to 800");
        Names(
            Faults(Body(Step("i2i") + ", " + Step("i2v", $"\"model\": \"wan\", \"motion_prompts\": [\"pan left\", \"{prompt}\"]"))),
            "/steps/1/config/motion_prompts/1", "up to 800");

        // Enhanced and derived prompts are shortened instead.
        Assert.Empty(Faults(Body(Step("prompt_enhance") + ", " + Step("i2v", "\"model\": \"wan\""), prompts: $"\"{prompt}\"")));
    }

    [Fact]
    public void More_items_than_a_step_may_have_are_refused_with_their_number()
    {
        var faults = Faults(Body(Step("i2i", "\"images_per_prompt\": 10"), prompts: string.Join(',', Enumerable.Range(0, 1001).Select(n => $"\"p{n}\""))));

        Names(faults, "/steps/0", "10,010 items");
        Names(Faults(Body(), new PipelineLimits { MaxItemsPerStep = 4 }), "/steps/1", "5 items; at most 4");
    }

    [Fact]
    public void An_image_is_an_asset_or_an_address()
    {
        var faults = Faults(Body(images: """{ }, { "asset_id": 1, "url": "https://example.com/a.png" }, { "url": "file:///etc/passwd" }, { "asset_id": 0 }, { "asset": 4 }, null"""));

        Names(faults, "/inputs/images/0", "asset_id");
        Names(faults, "/inputs/images/1", "not both");
        Names(faults, "/inputs/images/2/url", "http or https");
        Names(faults, "/inputs/images/3/asset_id", "no such image");
        Names(faults, "/inputs/images/4/asset", "Accepted: asset_id, url");
        Names(faults, "/inputs/images/5", "asset_id");
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = Faults(
            """
            { "mode": "quick", "budget_usd": -1, "tags": [" "], "colour": "red",
              "inputs": { "prompts": [""], "combine": "zip" },
              "steps": [{ "step_type": "prompt_enhance", "config": { "variations_per_prompt": 0 } },
                        { "step_type": "i2i", "config": { "model": "dall-e", "images_per_prompt": 11 } },
                        { "step_type": "i2v", "config": { "model": "kling", "duration_sec": 3, "resolution": "8k" } }] }
            """);

        Assert.Equal(
            ["/budget_usd", "/colour", "/inputs/combine", "/inputs/images", "/inputs/prompts/0", "/mode", "/steps/0/config/variations_per_prompt", "/steps/1/config/images_per_prompt",
                "/steps/1/config/model", "/steps/2/config/duration_sec", "/steps/2/config/resolution", "/tags/0"],
            faults.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_retired_model_warns_on_the_demo_renderer_and_is_refused_with_its_successor_elsewhere()
    {
        var body = Body(Step("i2i") + ", " + Step("i2v", "\"model\": \"sora-2\""));

        Assert.Contains(Check(body).Draft.Warnings, warning => warning.Contains("sora-2", StringComparison.Ordinal) && warning.Contains("2026-09-24", StringComparison.Ordinal));
        Names(Faults(body, null, ("sora-2", "fal")), "/steps/1/config/model", "cannot run any more");
    }

    [Fact]
    public void What_is_delivered_differently_or_not_used_is_said()
    {
        var draft = Check(Body(
            Step("prompt_enhance") + ", " + Step("i2i", "\"model\": \"gpt-image-1.5\", \"aspect_ratio\": \"9:16\", \"prompts\": [\"own\"], \"images_per_prompt\": 3, \"set_mode\": { \"variations\": [\"angles\"] }"))).Draft;

        Assert.Contains(draft.Warnings, warning => warning.Contains("has no 9:16", StringComparison.Ordinal));
        Assert.Contains(draft.Warnings, warning => warning.Contains("prompts are not used", StringComparison.Ordinal));
        Assert.Contains(draft.Warnings, warning => warning.Contains("images_per_prompt is not used", StringComparison.Ordinal));
    }

    [Fact]
    public void A_set_of_one_kind_takes_its_standard_options_and_ignores_options_of_kinds_not_chosen()
    {
        var (draft, faults) = Check(Body(Step("i2i", "\"set_mode\": { \"enabled\": true, \"variations\": [\"angles\", \"poses\"], \"options\": { \"angles\": [\"front\", \"side\"], \"outfits\": [\"casual\"] } }")));

        Assert.Empty(faults.ToDictionary());
        Assert.Equal(2 * 5, draft.Plan.Steps[0].Items);
    }

    private static void Names(Dictionary<string, string[]> faults, string pointer, string accepted) =>
        Assert.True(
            faults.TryGetValue(pointer, out var messages) && messages.Any(message => message.Contains(accepted, StringComparison.Ordinal)),
            $"{pointer} should say '{accepted}'. Told: {string.Join("; ", faults.Select(fault => fault.Key + ": " + string.Join(" ", fault.Value)))}");
}
