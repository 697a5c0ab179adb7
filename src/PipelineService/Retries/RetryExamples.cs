namespace PipelineService.Retries;

/// <summary>Examples for the API's description.</summary>
internal static class RetryExamples
{
    public const string OfPipeline = """{ "reasons": ["timed_out", "provider_down"], "max_cost_usd": 2.5 }""";

    public const string OfStep = """{ "item_ids": [2001, 2007], "change": { "model": "nano-banana", "prompt": "woman in a red coat, from behind" }, "quote": true }""";

    public const string Quote =
        """
        {
          "currency": "USD", "items": 2, "may_have_been_bought": 1,
          "reasons": [{ "code": "content_refused", "items": 1, "retryable": false }, { "code": "outcome_unknown", "items": 1, "retryable": false }],
          "lines": [
            { "step_id": 21, "step_type": "i2i", "what": "retry", "model": "nano-banana", "simulated": false, "count": 2, "unit": "image", "unit_price": 0.039, "amount": 0.078, "amount_display": "$0.08" },
            { "step_id": 22, "step_type": "i2v", "what": "follow_up", "model": "kling", "simulated": false, "count": 2, "unit": "video", "unit_price": 0.35, "amount": 0.7, "amount_display": "$0.70" }
          ],
          "total": 0.778, "total_display": "$0.78", "budget_usd": 20, "budget_left": 8.645, "passes_budget": false, "warnings": []
        }
        """;

    public const string Failures =
        """
        {
          "data": [
            { "step_id": 21, "step_type": "i2i", "code": "content_refused", "message": "The provider refused the picture.", "retryable": false, "may_have_been_bought": false,
              "items": 12, "outputs": 12, "sample_item_id": 2007, "last_at": "2026-11-24T12:00:00Z", "retry_amount": 0.336, "retry_amount_display": "$0.34" }
          ],
          "items": 12, "may_have_been_bought": 0, "currency": "USD", "retry_total": 0.336, "retry_total_display": "$0.34"
        }
        """;
}
