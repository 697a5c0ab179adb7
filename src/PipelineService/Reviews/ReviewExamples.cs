namespace PipelineService.Reviews;

/// <summary>Examples for the API's description.</summary>
internal static class ReviewExamples
{
    public const string Redo = """{ "rejected": true, "change": { "prompt": "woman in a red coat, soft light" }, "quote": true }""";

    public const string RedoQuote =
        """
        {
          "currency": "USD", "items": 7, "may_have_been_bought": 0, "reasons": [],
          "lines": [{ "step_id": 21, "step_type": "i2i", "what": "redo", "model": "kling-image", "simulated": false, "count": 7, "unit": "image", "unit_price": 0.028, "amount": 0.196, "amount_display": "$0.20" }],
          "total": 0.196, "total_display": "$0.20", "budget_usd": null, "budget_left": null, "passes_budget": false, "warnings": []
        }
        """;

    public const string Onward =
        """
        {
          "outputs": 30, "picked": 18, "rejected": 7, "unjudged": 5, "selected": 18, "currency": "USD",
          "steps": [{ "step_id": 22, "step_type": "i2v", "what": "follow_up", "model": "kling", "simulated": false, "count": 18, "unit": "video", "unit_price": 0.35, "amount": 6.3, "amount_display": "$6.30" }],
          "total": 6.3, "total_display": "$6.30", "now": 6.3, "now_display": "$6.30",
          "if_all": { "outputs": 23, "total": 8.05, "total_display": "$8.05" }, "if_none_were_rejected": { "outputs": 30, "total": 10.5, "total_display": "$10.50" }, "version": 5
        }
        """;
}
