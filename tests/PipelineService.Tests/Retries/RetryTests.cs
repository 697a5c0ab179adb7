using System.Net;
using System.Text.Json.Nodes;
using Contracts.Generation;
using PipelineService.Tests.Pipelines;
using Testing;

namespace PipelineService.Tests.Retries;

/// <summary>Another attempt at what failed: by reason, priced first, and what may have been bought already.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RetryTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Failures_are_told_by_step_and_reason_with_what_another_attempt_costs()
    {
        var (id, done) = await FailedAsync();

        var failures = await _tenant.GetAsync($"/pipelines/{id}/failures");

        var step = done.Step("i2i").Id();
        Assert.Equal(
            [(step, "content_refused", 2, 0.056m, false, false), (step, "outcome_unknown", 1, 0.028m, false, true)],
            failures["data"]!.AsArray().Select(failure => (
                failure!["step_id"]!.GetValue<long>(), failure!.Text("code"), failure.Number("items"), failure.Amount("retry_amount"), failure["retryable"]!.GetValue<bool>(),
                failure["may_have_been_bought"]!.GetValue<bool>())));
        Assert.Equal("The provider refused the picture.", failures["data"]![0]!.Text("message"));
        Assert.Equal((3, 1, 0.084m, "$0.08"), (failures.Number("items"), failures.Number("may_have_been_bought"), failures.Amount("retry_total"), failures.Text("retry_total_display")));
    }

    [Fact]
    public async Task A_quote_says_what_a_retry_costs_with_all_that_follows_and_changes_nothing()
    {
        var (id, done) = await FailedAsync();

        var quote = await _tenant.PostAsync($"/pipelines/{id}/retry", new { quote = true }, HttpStatusCode.OK);

        Assert.Equal((3, 1), (quote.Number("items"), quote.Number("may_have_been_bought")));
        Assert.Equal([("content_refused", 2), ("outcome_unknown", 1)], quote["reasons"]!.AsArray().Select(reason => (reason!.Text("code"), reason!.Number("items"))));
        Assert.Equal(
            [("retry", "i2i", "kling-image", 3, 0.028m, 0.084m), ("follow_up", "i2v", "kling", 3, 0.35m, 1.05m)],
            quote["lines"]!.AsArray().Select(line => (
                line!.Text("what"), line!.Text("step_type"), line!.Text("model"), line!.Number("count"), line!.Amount("unit_price"), line!.Amount("amount"))));
        Assert.Equal((1.134m, "$1.13"), (quote.Amount("total"), quote.Text("total_display")));
        Assert.Equal((null, false), (quote["budget_left"], quote["passes_budget"]!.GetValue<bool>()));
        Assert.Equal(done.ToJsonString(), (await _tenant.PipelineAsync(id)).ToJsonString());
    }

    [Fact]
    public async Task Only_what_failed_for_a_reason_is_tried_again_and_is_paid_once()
    {
        var (id, done) = await FailedAsync();
        var retry = $"/pipelines/{id}/steps/{done.Step("i2i").Id()}/retry";
        Assert.Equal(1, (await _tenant.PostAsync(retry, new { reasons = new[] { "outcome_unknown" }, quote = true }, HttpStatusCode.OK)).Number("items"));

        await _tenant.PostAsync(retry, new { reasons = new[] { "outcome_unknown" } }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var again = await _tenant.UntilAsync(id, "completed");

        Assert.Equal((2, 2), (again.Step("i2i")["progress"]!.Number("succeeded"), again.Step("i2i")["progress"]!.Number("failed")));
        Assert.Equal(done.Amount("cost_actual") + 0.028m + 0.35m, again.Amount("cost_actual"));
        Assert.Equal(2, (await _tenant.GetAsync($"/pipelines/{id}/failures")).Number("items"));
        Assert.Equal("No item failed for outcome_unknown, so there is nothing to retry.", (await _tenant.PostAsync(retry, new { reasons = new[] { "outcome_unknown" } }, HttpStatusCode.Conflict)).Text("detail"));
    }

    [Fact]
    public async Task A_retry_that_is_dearer_than_allowed_is_not_sent()
    {
        var (id, _) = await FailedAsync();
        var problem = await _tenant.PostAsync($"/pipelines/{id}/retry", new { max_cost_usd = 1.13 }, HttpStatusCode.Conflict);

        Assert.Equal(("/problems/quote_changed", 1.134m), (problem.Text("type"), problem.Amount("cost_estimate")));
        Assert.Equal("completed", (await _tenant.PipelineAsync(id)).Text("status"));
        await _tenant.PostAsync($"/pipelines/{id}/retry", new { max_cost_usd = 1.134 }, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_quote_tells_whether_the_budget_would_be_passed()
    {
        var (id, _) = await FailedAsync(budget: 1.4m);

        // Spent: 2 prompts, 1 image, 1 video. What was reserved for the failed images is given back a moment after the run's end.
        var quote = await Eventually.GetAsync(
            () => _tenant.PostAsync($"/pipelines/{id}/retry", new { quote = true }, HttpStatusCode.OK), answer => answer.Amount("budget_left") == 1.4m - 0.38m);
        var cheap = await _tenant.PostAsync($"/pipelines/{id}/retry", new { quote = true, reasons = new[] { "outcome_unknown" } }, HttpStatusCode.OK);

        Assert.Equal((1.4m, 1.4m - 0.38m, true), (quote.Amount("budget_usd"), quote.Amount("budget_left"), quote["passes_budget"]!.GetValue<bool>()));
        Assert.Equal((0.378m, false), (cheap.Amount("total"), cheap["passes_budget"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task What_a_failed_step_had_cancelled_comes_back_and_is_quoted()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance", _ => FailureKind.ProviderDown, exhausted: true);
        await _tenant.UntilAsync(id, "failed");

        var quote = await _tenant.PostAsync($"/pipelines/{id}/retry", new { quote = true }, HttpStatusCode.OK);
        Assert.Equal(0.002m + (4 * 0.028m) + (4 * 0.35m), quote.Amount("total"));
        Assert.Equal("/problems/quote_changed", (await _tenant.PostAsync($"/pipelines/{id}/run", new { max_cost_usd = 1 }, HttpStatusCode.Conflict)).Text("type"));

        await _tenant.PostAsync($"/pipelines/{id}/run", new { max_cost_usd = 1.514 }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal((10, done.Amount("cost_estimate")), (done["progress"]!.Number("succeeded"), done.Amount("cost_actual")));
    }

    [Fact]
    public async Task A_late_result_of_an_unknown_attempt_wins_and_is_charged_once()
    {
        var (id, done) = await FailedAsync();
        var step = done.Step("i2i").Id();
        var items = await _tenant.ItemsAsync(id, step);
        var unknown = items.Single(item => item.ErrorCode == "outcome_unknown");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/retry", new { item_ids = new[] { unknown.Id } }, HttpStatusCode.Accepted);

        var row = await host.WithDatabaseAsync(db => db.Steps.FindAsync(step).AsTask());
        var late = Work.Result(row!, unknown, null, attempt: 1);
        await Work.ReportAsync(host, [late]);
        await Work.ReportAsync(host, [late]);
        await _tenant.DoAsync(id, "i2v");
        var again = await _tenant.UntilAsync(id, "completed");

        Assert.Equal(2, again.Step("i2i")["progress"]!.Number("succeeded"));
        Assert.Equal(done.Amount("cost_actual") + 0.028m + 0.35m, again.Amount("cost_actual"));
        await Testing.Eventually.HoldsAsync(async () => await host.NumberAsync("select count(*) from cost.ledger where item_id = $1 and amount > 0", unknown.Id) == 1);
        Assert.Equal(1, await host.NumberAsync("select attempt from cost.ledger where item_id = $1 and amount > 0", unknown.Id));
    }

    [Fact]
    public async Task A_late_result_reconciles_an_item_that_nobody_retried()
    {
        var (id, done) = await FailedAsync();
        var step = done.Step("i2i").Id();
        var unknown = (await _tenant.ItemsAsync(id, step)).Single(item => item.ErrorCode == "outcome_unknown");
        var row = await host.WithDatabaseAsync(db => db.Steps.FindAsync(step).AsTask());

        await Work.ReportAsync(host, [Work.Result(row!, unknown, null)]);

        Assert.Equal(2, (await _tenant.GetAsync($"/pipelines/{id}/failures")).Number("items"));
        Assert.Equal(0, (await _tenant.GetAsync($"/pipelines/{id}/failures")).Number("may_have_been_bought"));
        Assert.Equal(done.Amount("cost_actual") + 0.028m, (await _tenant.PipelineAsync(id)).Amount("cost_actual"));
    }

    [Theory]
    [InlineData("""{ "reasons": ["refused"] }""", "/reasons/0", "content_refused, unauthorized")]
    [InlineData("""{ "reasons": [] }""", "/reasons", "outcome_unknown")]
    [InlineData("""{ "reason": ["content_refused"] }""", "/reason", "Did you mean 'reasons'?")]
    [InlineData("""{ "item_ids": [1] }""", "/item_ids", "retry of their step")]
    [InlineData("""{ "max_cost_usd": -1 }""", "/max_cost_usd", "0 or more")]
    [InlineData("""{ "change": {} }""", "/change", "model, seed, prompt")]
    [InlineData("""{ "change": { "model": "dall-e" } }""", "/change/model", "Use one of: ")]
    [InlineData("""{ "change": { "model": "kling" } }""", "/change/model", "kling does not make images")]
    [InlineData("""{ "change": { "seed": -1 } }""", "/change/seed", "0 to 2147483647")]
    [InlineData("""{ "change": { "prompt": " " } }""", "/change/prompt", "cannot be empty")]
    [InlineData("""{ "change": { "quality": "high" } }""", "/change/quality", "Accepted: model, seed, prompt")]
    public async Task Bad_input_names_the_field_and_what_would_be_accepted(string body, string pointer, string accepted)
    {
        var (id, done) = await FailedAsync();

        var problem = await _tenant.PostAsync($"/pipelines/{id}/retry", body, HttpStatusCode.UnprocessableEntity);

        Assert.Equal([pointer], problem.Faults());
        Assert.Contains(accepted, problem["errors"]![pointer]![0]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(done.Number("version"), (await _tenant.PipelineAsync(id)).Number("version"));
    }

    /// <summary>Of four images one comes; two are refused, and of one it is not known.</summary>
    private async Task<(long Id, JsonNode Done)> FailedAsync(decimal? budget = null)
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, budget: budget));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i", item => item.Ordinal switch { 0 or 1 => FailureKind.ContentRefused, 2 => FailureKind.OutcomeUnknown, _ => null });
        await _tenant.DoAsync(id, "i2v");
        return (id, await _tenant.UntilAsync(id, "completed"));
    }
}
