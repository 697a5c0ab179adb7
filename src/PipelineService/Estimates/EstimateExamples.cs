namespace PipelineService.Estimates;

/// <summary>Examples for the API's description.</summary>
internal static class EstimateExamples
{
    public const string Answer =
        """
        {
          "currency": "USD", "total": 11.355, "total_display": "$11.36",
          "steps": [
            { "step_type": "prompt_enhance", "model": null, "count": 15, "unit": "prompt", "unit_price": 0.001, "amount": 0.015, "amount_display": "$0.02", "resolved": null },
            { "step_type": "i2i", "model": "kling-image", "count": 30, "unit": "image", "unit_price": 0.028, "amount": 0.84, "amount_display": "$0.84", "resolved": { "model": "kling-image", "aspect_ratio": "9:16", "size": null, "resolution": "1K", "quality": null, "duration_sec": null, "audio": false, "negative_prompt": null } },
            { "step_type": "i2v", "model": "kling", "count": 30, "unit": "video", "unit_price": 0.35, "amount": 10.5, "amount_display": "$10.50", "resolved": { "model": "kling", "aspect_ratio": "source", "size": null, "resolution": "1080p", "quality": null, "duration_sec": 5, "audio": false, "negative_prompt": null } }
          ],
          "display": "Pipeline Cost Estimate:\n  ├─ Prompt Enhancement: 15 prompts × $0.001 = $0.02\n  ├─ I2I Generation: 30 images × $0.028 = $0.84\n  └─ I2V Generation: 30 videos × $0.35 = $10.50\n  ─────────────────────────────────────────────\n  Total: $11.36",
          "warnings": [],
          "reuse_quote": null
        }
        """;
}
