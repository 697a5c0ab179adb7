namespace PipelineService.Tests.Pipelines;

/// <summary>Bodies of requests.</summary>
internal static class Requests
{
    /// <summary>Per image: 5 prompts, 2 images of each, 1 video of each.</summary>
    public static object AllSteps(long[] images, string mode = "auto", string[]? checkpoints = null) => new
    {
        mode,
        checkpoints = checkpoints ?? [],
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = 5 } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = 2, aspect_ratio = "9:16" } },
            new { step_type = "i2v", config = new { model = "kling", videos_per_image = 1, resolution = "1080p", duration_sec = 5 } },
        },
    };

    /// <summary>Per image: 2 prompts, 2 images of each, 1 video of each.</summary>
    public static object Small(long[] images, string mode = "auto", string[]? checkpoints = null, int imagesPerPrompt = 2, decimal? budget = null) => new
    {
        name = "Small",
        mode,
        checkpoints = checkpoints ?? [],
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts = new[] { "woman in red dress" } },
        steps = new object[]
        {
            new { step_type = "prompt_enhance", config = new { variations_per_prompt = 2 } },
            new { step_type = "i2i", config = new { model = "kling-image", images_per_prompt = imagesPerPrompt } },
            new { step_type = "i2v", config = new { model = "kling" } },
        },
        budget_usd = budget,
        tags = new[] { "test" },
    };

    public static Func<long[], object> Checkpoints(params string[] steps) => images => Small(images, "checkpoint", steps);
}
