namespace PipelineService.Templates;

/// <summary>Examples for the API's description. Each is a request that works.</summary>
internal static class TemplateExamples
{
    public const string Create =
        """
        {
          "name": "Red dress in four lights",
          "description": "Four kinds of light, two images of each.",
          "pipelines": [
            {
              "name": "Red dress", "inputs": { "prompts": ["woman in red dress"] },
              "steps": [
                { "step_type": "prompt_enhance", "config": { "variations_per_prompt": 4, "theme_focus": "lighting" } },
                { "step_type": "i2i", "config": { "model": "kling-image", "images_per_prompt": 2 } }
              ]
            }
          ]
        }
        """;

    public const string Use = """{ "images": [{ "asset_id": 12 }], "prompts": ["woman in a green coat"], "run": true, "max_cost_usd": 2 }""";

    public const string File =
        """
        {
          "format": "pipeline.template", "format_version": 1, "name": "Red dress in four lights", "description": null, "graph": null,
          "pipelines": [{ "name": "Red dress", "inputs": { "images": [], "prompts": ["woman in red dress"] }, "steps": [{ "step_type": "i2i", "config": { "model": "kling-image" } }] }]
        }
        """;
}
