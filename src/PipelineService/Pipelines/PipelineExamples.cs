namespace PipelineService.Pipelines;

/// <summary>Examples for the API's description. Each is a request that works.</summary>
internal static class PipelineExamples
{
    public const string Create =
        """
        {
          "name": "Red dress launch",
          "mode": "checkpoint",
          "checkpoints": ["prompt_enhance", "i2i"],
          "review": "gathered",
          "inputs": { "images": [{ "asset_id": 12 }], "prompts": ["woman in red dress"], "combine": "all" },
          "steps": [
            { "step_type": "prompt_enhance", "config": { "variations_per_prompt": 5, "style_hints": ["photorealistic"], "theme_focus": "outfits" } },
            { "step_type": "i2i", "config": { "model": "kling-image", "images_per_prompt": 2, "aspect_ratio": "9:16" } },
            { "step_type": "i2v", "config": { "model": "kling", "videos_per_image": 1, "resolution": "1080p", "duration_sec": 5 } }
          ],
          "budget_usd": 20,
          "tags": ["launch"]
        }
        """;

    public const string Estimate =
        """
        {
          "inputs": { "images": [{ "asset_id": 12 }, { "asset_id": 13 }, { "asset_id": 14 }], "prompts": ["woman in red dress"] },
          "steps": [
            { "step_type": "prompt_enhance", "config": { "variations_per_prompt": 5 } },
            { "step_type": "i2i", "config": { "model": "kling-image", "images_per_prompt": 2, "aspect_ratio": "9:16" } },
            { "step_type": "i2v", "config": { "model": "kling", "duration_sec": 5 } }
          ]
        }
        """;

    public const string OutputIndex =
        """
        { "total": 2, "models": ["kling-image"], "providers": ["fal"], "id": [801, 802], "item_id": [601, 602], "asset_id": [90, 91], "width": [720, 720], "height": [1280, 1280],
          "duration_sec": [null, null], "model": [0, 0], "provider": [0, 0], "simulated": [false, false], "reused": [false, true], "selected": [true, false],
          "verdict": ["pick", "reject"], "rating": [4, null], "image_index": [0, 0], "prompt_index": [0, 1], "parent_output_id": [501, 502], "place": [0, 1], "redone": [false, false], "settled": [false, false],
          "prompts": null, "prompt": null,
          "created_at": [1795000000, 1795000004], "next_cursor": null }
        """;

    public const string StepChange = """{ "outputs": [{ "id": 501, "text": "woman in a blue evening gown" }, { "id": 502, "verdict": "reject" }, { "id": 503, "verdict": "pick", "rating": 5 }], "add": [{ "text": "woman in a red raincoat" }] }""";

    public const string Approve = """{ "outputs": [{ "id": 502, "verdict": "reject" }], "unjudged": "leave_out" }""";
}
