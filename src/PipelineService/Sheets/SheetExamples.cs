namespace PipelineService.Sheets;

/// <summary>Examples for the API's description.</summary>
internal static class SheetExamples
{
    public const string Request =
        """
        {
          "mapping": { "image": "Photo", "prompt": "Prompt", "model": "Model", "seed": "", "name": "SKU" },
          "pipeline": { "name": "Spring catalogue", "steps": [{ "step_type": "i2i", "config": { "model": "kling-image" } }, { "step_type": "i2v", "config": { "model": "kling" } }] },
          "edits": { "17": { "prompt": "woman in a red raincoat" } },
          "pictures": { "coat.jpg": 57 },
          "leave_out_bad_rows": true,
          "max_cost_usd": 40
        }
        """;

    public const string Checked =
        """
        {
          "id": 3, "name": "spring.csv", "format": "csv", "encoding": "utf-8", "delimiter": ",", "columns": ["Photo", "Prompt", "Model", "SKU"],
          "mapping": { "image": "Photo", "prompt": "Prompt", "model": "Model", "seed": null, "name": "SKU" }, "rows_total": 3, "rows_good": 2, "rows_bad": 1,
          "errors": [{ "row": 3, "column": "Photo", "field": "image", "message": "There is no picture 'coat.jpg' in the library. Add it to the photos first, alone or in a ZIP.", "value": "coat.jpg" }],
          "errors_total": 1, "preview": [{ "row": 2, "cells": ["dress.jpg", "woman in red dress", "", "A-1"] }], "prompts": null, "warnings": [],
          "plan": { "pipelines": 1, "steps": [{ "step_type": "i2i", "model": "kling-image", "count": 2, "unit": "image", "unit_price": 0.028, "amount": 0.056, "amount_display": "$0.06" }],
            "currency": "USD", "total": 0.056, "total_display": "$0.06" },
          "run_group_id": null
        }
        """;

    public const string Page =
        """
        { "data": [{ "id": 3, "name": "spring.csv", "format": "csv", "run_group_id": "0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11", "simulated": false, "created_at": "2026-11-24T10:00:00Z" }], "next_cursor": null }
        """;

    public const string Run = """{ "sheet_id": 3, "run_group_id": "0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11", "pipelines": [41], "rows": 2, "left_out": [3], "cost_estimate": 0.056, "currency": "USD" }""";
}
