using System.Net;
using System.Text.Json.Nodes;
using Testing;
using Testing.Studio;

namespace System.Tests;

/// <summary>Manual mode, pause, cancel, retry, budget, clone and delete, through the public API on the real parts.</summary>
[Collection(NoOpStudio.Name)]
public sealed class ModesTests(NoOpStudio fixture)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    // Five seconds in which a run has made something and is sure to have more in hand, however slow the machine.
    private static readonly string[] FewAtOnceAndTheRestLater = [.. Enumerable.Range(0, 60).Select(n => n < 4 ? $"prompt number {n}" : $"prompt number {n} [slow:5000]")];

    private readonly RunningStudio _studio = fixture.Studio;

    private StudioClient Client => _studio.Client;

    [Fact]
    public async Task Manual_mode_reviews_every_step_and_waits_for_run()
    {
        var id = await CreateAsync(new { mode = "manual" }, prompts: 1);
        await Client.PostAsync($"/pipelines/{id}/run");
        var review = await Client.UntilAsync(id, Long, "paused", "failed");
        Assert.Equal("review", review["status_reason"]!.GetValue<string>());

        var approved = await Client.PostAsync($"/pipelines/{id}/steps/{Step(review, "i2i")["id"]}/approve");
        var waiting = await Client.GetAsync($"/pipelines/{id}");
        Assert.Equal("user", waiting["status_reason"]!.GetValue<string>());
        Assert.Equal("pending", Step(waiting, "i2v")["status"]!.GetValue<string>());
        Assert.NotNull(approved);

        await Client.PostAsync($"/pipelines/{id}/run");
        var second = await Client.UntilAsync(id, Long, "paused", "failed");
        Assert.Equal("review", Step(second, "i2v")["status"]!.GetValue<string>());
        await Client.PostAsync($"/pipelines/{id}/steps/{Step(second, "i2v")["id"]}/approve");
        Assert.Equal("completed", (await Client.UntilAsync(id, Long, "completed"))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task Nothing_is_sent_after_a_pause_now_and_run_goes_on_to_the_end()
    {
        var id = await CreateAsync(new { mode = "auto" }, FewAtOnceAndTheRestLater);
        await Client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(async () => await ItemsAsync(id, "succeeded") > 3, Long);
        await Client.PostAsync($"/pipelines/{id}/pause?now=true");
        var paused = await Client.GetAsync($"/pipelines/{id}");
        Assert.Equal("paused", paused["status"]!.GetValue<string>());
        Assert.Equal("user", paused["status_reason"]!.GetValue<string>());

        // What is in flight lands; then nothing moves.
        await Eventually.HoldsAsync(async () => await ItemsAsync(id, "dispatched") + await ItemsAsync(id, "running") == 0, Long);
        Assert.True(await ItemsAsync(id, "queued") > 0, "Work was left when it was paused.");
        Assert.Equal(0, await _studio.CountAsync("select coalesce(sum(in_flight), 0) from pipeline.dispatch_queues where pipeline_id = $1", id));

        await Client.PostAsync($"/pipelines/{id}/run");
        var done = await Client.UntilAsync(id, Long, "completed", "failed");
        Assert.Equal(120, done["progress"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(120, await _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and amount > 0", id));
    }

    [Fact]
    public async Task A_cancel_is_at_once_and_what_was_in_flight_is_kept_and_charged_once()
    {
        var id = await CreateAsync(new { mode = "auto" }, FewAtOnceAndTheRestLater);
        await Client.PostAsync($"/pipelines/{id}/run");
        await Eventually.HoldsAsync(async () => await ItemsAsync(id, "succeeded") > 3, Long);

        var cancelled = await Client.PostAsync($"/pipelines/{id}/cancel");

        Assert.Equal("cancelled", cancelled["status"]!.GetValue<string>());
        await Eventually.HoldsAsync(async () => await ItemsAsync(id, "queued") + await ItemsAsync(id, "dispatched") + await ItemsAsync(id, "running") == 0, Long);
        // A worker that had begun when the cancel came still delivers, and turns the rest away; what was made is kept, and both ledgers agree on it, seen in one statement.
        // Seen as jobs open × 1,000,000 + holds × 10,000 + charges that differ × 1,000 + assets over paid items.
        await Eventually.GetAsync(
            () => _studio.CountAsync(
                """
                select (select count(*) from worker.provider_jobs j where j.pipeline_id = p.id and j.state not in ('done', 'refused')) * 1000000
                    + (select count(*) from cost.holds h where h.pipeline_id = p.id) * 10000
                    + (p.cost_actual <> (select sum(amount) from cost.ledger l where l.pipeline_id = p.id))::int * 1000
                    + abs((select count(*) from pipeline.assets a where a.pipeline_id = p.id)
                        - (select count(distinct item_id) from cost.ledger l where l.pipeline_id = p.id and l.amount > 0))
                from pipeline.pipelines p where p.id = $1
                """,
                id),
            seen => seen == 0,
            Long);
        Assert.Equal(HttpStatusCode.Conflict, (await Client.RawPostAsync($"/pipelines/{id}/run")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await Client.RawPostAsync($"/pipelines/{id}/cancel")).StatusCode);
    }

    [Fact]
    public async Task Workers_that_wrongly_believe_a_run_was_stopped_are_told_again_and_it_goes_on()
    {
        var id = await CreateAsync(new { mode = "auto" }, prompts: 3);
        var tenant = await _studio.CountAsync("select tenant_id from pipeline.pipelines where id = $1", id);
        await _studio.RedisAsync($"SET t:{tenant}:pipeline:{id}:epoch 99");

        await Client.PostAsync($"/pipelines/{id}/run");

        Assert.Equal(6, (await Client.UntilAsync(id, Long, "completed", "failed"))["progress"]!["succeeded"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_by_itself_and_one_that_cannot_is_left_for_a_person()
    {
        var id = await CreateAsync(new { mode = "auto" }, ["good one", $"passes [fail-once:provider_down] {Guid.NewGuid():N}", "never [fail:content_refused]"]);
        await Client.PostAsync($"/pipelines/{id}/run");
        var done = await Client.UntilAsync(id, Long, "completed", "failed");

        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal(1, Step(done, "i2i")["progress"]!["failed"]!.GetValue<int>());
        Assert.Equal(2, Step(done, "i2v")["progress"]!["total"]!.GetValue<int>());
        Assert.Equal(2, Step(done, "i2v")["progress"]!["succeeded"]!.GetValue<int>());
        var failed = (await Client.GetAsync($"/pipelines/{id}/steps/{Step(done, "i2i")["id"]}/items?status=failed"))["data"]!.AsArray().Single()!;
        Assert.Equal("content_refused", failed["error"]!["code"]!.GetValue<string>());
        Assert.False(failed["error"]!["retryable"]!.GetValue<bool>());
        var charges = await _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and amount > 0", id);

        await Client.PostAsync($"/pipelines/{id}/retry");
        await Client.UntilAsync(id, Long, "completed");
        Assert.Equal(2, await _studio.CountAsync("select attempt from pipeline.items where id = $1", failed["id"]!.GetValue<long>()));
        Assert.Equal(charges, await _studio.CountAsync("select count(*) from cost.ledger where pipeline_id = $1 and amount > 0", id));
    }

    [Fact]
    public async Task A_budget_stops_the_run_before_it_is_passed_and_raising_it_goes_on()
    {
        var id = await CreateAsync(new { mode = "auto", budget_usd = 0.1m }, prompts: 6);
        await Client.PostAsync($"/pipelines/{id}/run");
        var paused = await Client.UntilAsync(id, Long, "paused", "completed", "failed");
        Assert.Equal("budget", paused["status_reason"]!.GetValue<string>());
        await Eventually.HoldsAsync(async () => await ItemsAsync(id, "dispatched") + await ItemsAsync(id, "running") == 0, Long);
        Assert.True((await Client.GetAsync($"/pipelines/{id}"))["cost_actual"]!.GetValue<decimal>() <= 0.1m);

        var current = (JsonObject)(await Client.GetAsync($"/pipelines/{id}"));
        await Client.PutAsync($"/pipelines/{id}", Body(new { mode = "auto", budget_usd = 50m }, [.. current["inputs"]!["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>())], current["inputs"]!["images"]![0]!["asset_id"]!.GetValue<long>()));
        await Client.PostAsync($"/pipelines/{id}/run");
        Assert.Equal(12, (await Client.UntilAsync(id, Long, "completed", "failed"))["progress"]!["succeeded"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_clone_starts_afresh_and_a_deleted_pipeline_is_gone()
    {
        var id = await CreateAsync(new { mode = "auto" }, prompts: 1);
        await Client.PostAsync($"/pipelines/{id}/run");
        await Client.UntilAsync(id, Long, "completed");

        var clone = await Client.PostAsync($"/pipelines/{id}/clone", null, HttpStatusCode.Created);
        Assert.Equal("pending", clone["status"]!.GetValue<string>());
        Assert.NotEqual(id, clone["id"]!.GetValue<long>());
        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/pipelines/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Client.RawGetAsync($"/pipelines/{id}")).StatusCode);
    }

    private Task<long> ItemsAsync(long pipeline, string status) =>
        _studio.CountAsync("select count(*) from pipeline.items where pipeline_id = $1 and status = $2", pipeline, status);

    private Task<long> CreateAsync(object settings, int prompts) => CreateAsync(settings, [.. Enumerable.Range(0, prompts).Select(n => $"prompt number {n}")]);

    private async Task<long> CreateAsync(object settings, string[] prompts)
    {
        await Client.ReadyAsync();
        var asset = (await Client.UploadAsync(("photo.jpg", await TestPictures.PhotoAsync(320, 320))))[0];
        return (await Client.PostAsync("/pipelines", Body(settings, prompts, asset), HttpStatusCode.Created))["id"]!.GetValue<long>();
    }

    private static JsonObject Body(object settings, string[] prompts, long asset)
    {
        var body = (JsonObject)Text.Json.JsonSerializer.SerializeToNode(settings)!;
        body["inputs"] = Text.Json.JsonSerializer.SerializeToNode(new { images = new[] { new { asset_id = asset } }, prompts });
        body["steps"] = Text.Json.JsonSerializer.SerializeToNode(new object[]
        {
            new { step_type = "i2i", config = new { model = "kling-image" } },
            new { step_type = "i2v", config = new { model = "wan" } },
        });
        return body;
    }

    private static JsonNode Step(JsonNode pipeline, string type) => pipeline["steps"]!.AsArray().Single(step => step!["step_type"]!.GetValue<string>() == type)!;
}
