using Contracts.Generation;
using FsCheck;
using FsCheck.Fluent;
using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Expansion;

public sealed class ExpansionTests
{
    private static readonly GenerationParameters Model = new("kling-image");

    private static PlannedStep Enhance(int variations, string scope = "per_image") =>
        new(StepTypes.PromptEnhance, new StepConfig { VariationsPerPrompt = variations, Scope = scope }, null, null);

    private static PlannedStep Image(int perPrompt, int? maxChars = null, long? seed = null, params string[] prompts) =>
        new(StepTypes.ImageToImage, new StepConfig { Model = "kling-image", ImagesPerPrompt = perPrompt, Seed = seed, Prompts = prompts }, Model, maxChars);

    private static PlannedStep Video(int perImage, params string[] motions) =>
        new(StepTypes.ImageToVideo, new StepConfig { Model = "kling", VideosPerImage = perImage, MotionPrompts = motions }, Model, null);

    private static string[] Prompts(int count) => [.. Enumerable.Range(0, count).Select(index => $"prompt {index}")];

    [Fact]
    public void One_image_five_prompts_five_images_each_and_five_videos_are_125_videos()
    {
        var plan = RunPlanner.Plan(1, Prompts(1), Combine.All, [Enhance(5), Image(5), Video(5)]);

        Assert.Equal([5L, 25L, 125L], plan.Steps.Select(step => step.Outputs));
    }

    [Fact]
    public void Each_image_gets_its_own_variations_unless_they_are_shared()
    {
        Assert.Equal([15L, 30L], RunPlanner.Plan(3, Prompts(1), Combine.All, [Enhance(5), Image(2)]).Steps.Select(step => step.Outputs));
        Assert.Equal([5L, 30L], RunPlanner.Plan(3, Prompts(1), Combine.All, [Enhance(5, "shared"), Image(2)]).Steps.Select(step => step.Outputs));
    }

    [Fact]
    public void Paired_prompts_meet_their_own_image_only()
    {
        var plan = RunPlanner.Plan(3, Prompts(3), Combine.Paired, [Image(2)]);
        var items = ItemExpansion.FromInputs(plan, plan.Steps[0], 1).ToList();

        Assert.Equal(6, items.Count);
        Assert.All(items, item => Assert.Equal($"prompt {item.Image}", item.Input.Prompt));
    }

    [Fact]
    public void Shared_variations_of_a_paired_prompt_meet_its_partner()
    {
        var plan = RunPlanner.Plan(3, Prompts(3), Combine.Paired, [Enhance(2, "shared"), Image(1)]);
        var items = Follow(plan);

        Assert.Equal(6, items.Count);
        Assert.All(items, item => Assert.Equal(item.Input.PromptIndex, item.Image));
    }

    [Fact]
    public void A_skipped_enhancer_passes_the_prompts_on()
    {
        var skipped = new PlannedStep(StepTypes.PromptEnhance, new StepConfig { Skip = true }, null, null);
        var plan = RunPlanner.Plan(2, Prompts(3), Combine.All, [skipped, Image(2), Video(1)]);

        Assert.Equal([0L, 12L, 12L], plan.Steps.Select(step => step.Outputs));
        Assert.Equal(12, ItemExpansion.FromInputs(plan, plan.Steps[1], 1).Count());
    }

    [Fact]
    public void Own_prompts_of_a_step_meet_every_image_even_when_inputs_are_paired()
    {
        var plan = RunPlanner.Plan(3, Prompts(3), Combine.Paired, [Image(1, null, null, "a", "b")]);

        Assert.Equal(6, plan.Steps[0].Items);
        Assert.Equal(6, ItemExpansion.FromInputs(plan, plan.Steps[0], 1).Count());
    }

    [Fact]
    public void The_seed_of_output_n_is_seed_plus_n()
    {
        var plan = RunPlanner.Plan(1, Prompts(1), Combine.All, [Image(3, null, 100)]);

        Assert.Equal([100L, 101L, 102L], ItemExpansion.FromInputs(plan, plan.Steps[0], 1).Select(item => item.Input.Seed));
    }

    [Fact]
    public void Set_mode_stands_in_place_of_images_per_prompt()
    {
        var config = new StepConfig
        {
            Model = "kling-image", ImagesPerPrompt = 9,
            SetMode = new SetModeConfig { Variations = ["angles", "expressions"], Options = new Dictionary<string, IReadOnlyList<string>> { ["angles"] = ["front", "side"], ["expressions"] = ["smile", "serious", "laugh"] }, CountPerVariation = 2 },
        };
        var plan = RunPlanner.Plan(1, Prompts(1), Combine.All, [new PlannedStep(StepTypes.ImageToImage, config, Model, null)]);
        var items = ItemExpansion.FromInputs(plan, plan.Steps[0], 1).ToList();

        Assert.Equal(12, items.Count);
        Assert.Contains("seen from the side", items[^1].Input.Prompt, StringComparison.Ordinal);
        Assert.Equal("side", items[^1].Input.Variation!["angles"]);
    }

    [Fact]
    public void A_derived_prompt_that_is_too_long_is_shortened_and_the_original_kept()
    {
        var plan = RunPlanner.Plan(1, Prompts(1), Combine.All, [Enhance(1), Image(1, maxChars: 60)]);
        var text = "A woman in a red dress stands on a beach. " + new string('x', 200);
        var item = Assert.Single(ItemExpansion.FromOutput(plan, plan.Steps[1], new ParentOutput(7, "prompt", 0, text, 0, 0), 1));

        Assert.True(item.Input.Prompt.Length <= 60);
        Assert.Equal(text, item.Input.Original);
    }

    /// <summary>The plan's count is what the expansion really makes, numbered from 0 without gaps or repeats, whatever the shape.</summary>
    [Fact]
    public void Planned_counts_are_what_the_expansion_makes()
    {
        var shapes = from images in Gen.Choose(1, 4)
                     from prompts in Gen.Choose(1, 4)
                     from variations in Gen.Choose(1, 3)
                     from perPrompt in Gen.Choose(1, 3)
                     from videos in Gen.Choose(1, 2)
                     from shared in Gen.Elements(true, false)
                     from paired in Gen.Elements(true, false)
                     select (images, prompts, variations, perPrompt, videos, shared, paired);

        Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            var paired = shape.paired && (shape.images == shape.prompts || shape.images == 1 || shape.prompts == 1);
            var plan = RunPlanner.Plan(
                shape.images, Prompts(shape.prompts), paired ? Combine.Paired : Combine.All,
                [Enhance(shape.variations, shape.shared ? "shared" : "per_image"), Image(shape.perPrompt), Video(shape.videos)]);
            var images = Follow(plan);
            var videos = images.SelectMany(item => ItemExpansion.FromOutput(
                plan, plan.Steps[2], new ParentOutput(item.Ordinal + 1, "image", item.Ordinal, item.Input.Prompt, item.Image, item.Input.PromptIndex), 1)).ToList();

            Assert.Equal(plan.Steps[1].Items, images.Count);
            Assert.Equal(Enumerable.Range(0, images.Count).Select(n => (long)n), images.Select(item => item.Ordinal).Order());
            Assert.Equal(plan.Steps[2].Items, videos.Count);
            Assert.Equal(Enumerable.Range(0, videos.Count).Select(n => (long)n), videos.Select(item => item.Ordinal).Order());
        }).QuickCheckThrowOnFailure();
    }

    private static List<NewItem> Follow(RunPlan plan)
    {
        var enhance = plan.Steps[0];
        return [.. ItemExpansion.FromInputs(plan, enhance, 1)
            .SelectMany(item => Enumerable.Range(0, enhance.UnitsPerItem).Select(n => new ParentOutput(
                (item.Ordinal * enhance.UnitsPerItem) + n + 1, "prompt", (item.Ordinal * enhance.UnitsPerItem) + n, $"text {item.Ordinal}.{n}", item.Image, item.Input.PromptIndex)))
            .SelectMany(parent => ItemExpansion.FromOutput(plan, plan.Steps[1], parent, 1))];
    }
}
