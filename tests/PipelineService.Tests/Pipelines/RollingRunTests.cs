using System.Net;
using System.Text.Json.Nodes;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using Testing;

namespace PipelineService.Tests.Pipelines;

/// <summary>What else happens to a run while its review rolls: pauses, money, a cancel, retries, something made anew, messages that are lost. Nothing is bought twice, and nothing is left lying.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RollingRunTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_pause_holds_what_is_picked_meanwhile_until_it_is_lifted()
    {
        var (id, path, outputs) = await ReviewAsync();
        await JudgeAsync(path, "pick", outputs[0]);
        await _tenant.UntilAsync(id, "running");
        await _tenant.PostAsync($"/pipelines/{id}/pause", null, HttpStatusCode.Accepted);
        await JudgeAsync(path, "pick", outputs[1]);
        await JudgeAsync(path, "reject", outputs[2]);
        Assert.Equal("completed", (await JudgeAsync(path, "pick", outputs[3])).Text("status"));
        var paused = await _tenant.PipelineAsync(id);
        Assert.Equal(("paused", "user"), (paused.Text("status"), paused.Text("status_reason")));
        Assert.Equal(1, await HeldAsync(id));
        Assert.Equal(3, paused.Step("i2v")["progress"]!.Number("total"));

        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await DoneAsync(id, outputs[0], outputs[1], outputs[3]);
    }

    [Fact]
    public async Task A_pause_that_is_asked_for_while_pictures_are_made_stands_through_picks()
    {
        var id = await _tenant.StartAsync(images => Rolling(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await SomeAsync(id, "i2i", 2);
        var step = (await _tenant.PipelineAsync(id)).Step("i2i");
        var (path, made) = ($"/pipelines/{id}/steps/{step.Id()}", step.Outputs());
        await JudgeAsync(path, "pick", made[0]);
        await _tenant.PostAsync($"/pipelines/{id}/pause", null, HttpStatusCode.Accepted);
        await JudgeAsync(path, "pick", made[1]);
        Assert.Equal(1, await HeldAsync(id));

        // The step ends in its review; what was picked waits for whoever paused it, not for a verdict.
        await _tenant.DoAsync(id, "i2i");
        await _tenant.UntilAsync(id, "paused", "user");
        Assert.Equal(1, await HeldAsync(id));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync($"{path}/approve", new { unjudged = "leave_out" }, HttpStatusCode.Accepted);
        await DoneAsync(id, made[0], made[1]);
    }

    [Fact]
    public async Task A_budget_stops_what_is_picked_beyond_it_and_a_higher_one_lets_it_go_on()
    {
        long[] assets = [];
        var (id, path, outputs) = await ReviewAsync(images => Rolling(assets = images, budget: 0.5m));
        await JudgeAsync(path, "pick", outputs[0], outputs[1]);
        await _tenant.UntilAsync(id, "paused", "budget");
        await JudgeAsync(path, "pick", outputs[2]);
        var stopped = await _tenant.PipelineAsync(id);
        Assert.Equal(("paused", "budget"), (stopped.Text("status"), stopped.Text("status_reason")));
        Assert.Equal(1, await host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id && item.ParentOutputId == outputs[2].Id())));

        await _tenant.PutAsync($"/pipelines/{id}", Rolling(assets, budget: 5m), HttpStatusCode.OK);
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await _tenant.UntilAsync(id, "paused", "review");
        await JudgeAsync(path, "reject", outputs[3]);
        await DoneAsync(id, outputs[0], outputs[1], outputs[2]);
    }

    [Fact]
    public async Task After_a_cancel_no_pick_goes_on()
    {
        var (id, path, outputs) = await ReviewAsync();
        await JudgeAsync(path, "pick", outputs[0]);
        await _tenant.PostAsync($"/pipelines/{id}/cancel", null, HttpStatusCode.Accepted);
        await _tenant.PutAsync(path, Verdicts("pick", [outputs[1]]), HttpStatusCode.Conflict);
        Assert.Equal(1, await host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id && item.ParentOutputId == outputs[0].Id())));
        Assert.Equal(0, await host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id && item.ParentOutputId == outputs[1].Id())));
        Assert.Equal("cancelled", (await _tenant.PipelineAsync(id)).Text("status"));
    }

    [Fact]
    public async Task A_video_that_failed_is_tried_again_while_the_rest_still_waits()
    {
        var (id, path, outputs) = await ReviewAsync();
        await JudgeAsync(path, "pick", outputs[0], outputs[1]);
        await _tenant.DoAsync(id, "i2v", fails: item => item.ParentOutputId == outputs[1].Id());
        var backlog = await _tenant.UntilAsync(id, "paused", "review");
        Assert.Equal(1, backlog.Step("i2v")["progress"]!.Number("failed"));

        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await _tenant.UntilAsync(id, "paused", "review");
        await JudgeAsync(path, "reject", outputs[2], outputs[3]);
        await DoneAsync(id, outputs[0], outputs[1]);
    }

    [Fact]
    public async Task What_is_made_anew_keeps_the_review_open_and_is_not_made_twice()
    {
        var (id, path, outputs) = await ReviewAsync();
        await JudgeAsync(path, "pick", outputs[0]);
        await JudgeAsync(path, "reject", outputs[1], outputs[2]);
        var seen = (await _tenant.PipelineAsync(id)).Step("i2i").Number("version");

        // Two people have the last one made anew; the second has not heard of the first.
        var redo = new { output_ids = new[] { outputs[3].Id() }, max_cost_usd = 0.028m };
        Assert.Equal(HttpStatusCode.Accepted, (await _tenant.SendAsync(HttpMethod.Post, $"{path}/redo", redo, $"\"{seen}\"")).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _tenant.SendAsync(HttpMethod.Post, $"{path}/redo", redo, $"\"{seen}\"")).StatusCode);
        Assert.Equal([outputs[3].Id()], (await _tenant.GetAsync($"{path}/outputs/index?changed_after={seen}"))["id"]!.AsArray().Select(one => one!.GetValue<long>()));
        Assert.Equal("running", (await JudgeAsync(path, "reject", outputs[3])).Text("status"));
        await _tenant.DoAsync(id, "i2v");
        await _tenant.DoAsync(id, "i2i");
        var again = await _tenant.UntilAsync(id, "paused", "review");
        var fresh = Assert.Single(again.Step("i2i").Outputs(), output => outputs.All(old => old.Id() != output.Id()));
        Assert.Equal("completed", (await JudgeAsync(path, "pick", fresh)).Text("status"));
        await DoneAsync(id, outputs[0], fresh);
    }

    [Fact]
    public async Task Picks_go_on_although_the_message_of_the_steps_end_is_lost_and_the_review_ends_by_itself()
    {
        var id = await _tenant.StartAsync(images => Rolling(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i", lost: true);
        var step = (await _tenant.PipelineAsync(id)).Step("i2i");
        var (path, outputs) = ($"/pipelines/{id}/steps/{step.Id()}", step.Outputs());
        await JudgeAsync(path, "reject", outputs[0], outputs[1], outputs[2]);
        // The answer was lost, so it is said again.
        await JudgeAsync(path, "pick", outputs[3]);
        await JudgeAsync(path, "pick", outputs[3]);
        await _tenant.DoAsync(id, "i2v", lost: true);
        await DoneAsync(id, outputs[3]);
        await JudgeAsync(path, "pick", outputs[3]);
        await _tenant.PutAsync(path, Verdicts("reject", [outputs[3]]), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_step_that_was_judged_before_the_one_ahead_of_it_ended_ends_with_it()
    {
        var id = await _tenant.StartAsync(images => Rolling(images), images: 2);
        await SomeAsync(id, "prompt_enhance", 1);
        await SomeAsync(id, "i2i", 4);
        var step = (await _tenant.PipelineAsync(id)).Step("i2i");
        var (path, outputs) = ($"/pipelines/{id}/steps/{step.Id()}", step.Outputs());
        Assert.Equal(4, outputs.Count);
        await JudgeAsync(path, "pick", outputs[0]);
        Assert.Equal("running", (await JudgeAsync(path, "reject", outputs[1], outputs[2], outputs[3])).Text("status"));
        await _tenant.DoAsync(id, "i2v");

        // The last prompts never come, so nothing more is to be judged.
        await _tenant.DoAsync(id, "prompt_enhance", fails: _ => true);
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal([outputs[0].Id()], done.Step("i2v").Outputs().Select(output => output["parent_output_id"]!.GetValue<long>()));
    }

    [Fact]
    public async Task What_went_on_unjudged_does_not_keep_a_later_review_open()
    {
        var (id, path, outputs) = await ReviewAsync();
        await JudgeAsync(path, "pick", outputs[0]);
        await _tenant.PostAsync($"{path}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await DoneAsync(id, [.. outputs]);

        var item = (await _tenant.GetAsync($"{path}/items"))["data"]![0]!;
        await _tenant.PostAsync($"{path}/items/{item.Id()}/rerun?cascade=true", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var again = await _tenant.UntilAsync(id, "paused", "review");
        var fresh = Assert.Single(again.Step("i2i").Outputs(), output => outputs.All(old => old.Id() != output.Id()));
        Assert.Equal("completed", (await JudgeAsync(path, "pick", fresh)).Text("status"));
        await DoneAsync(id, [.. outputs, fresh]);
    }

    /// <summary>Four pictures wait for verdicts.</summary>
    private async Task<(long Id, string Path, List<JsonNode> Outputs)> ReviewAsync(Func<long[], object>? request = null)
    {
        var id = await _tenant.StartAsync(request ?? (images => Rolling(images)));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.UntilAsync(id, "paused", "review")).Step("i2i");
        return (id, $"/pipelines/{id}/steps/{step.Id()}", [.. step.Outputs()]);
    }

    /// <summary>Ends so many items of a step, and leaves the rest.</summary>
    private async Task SomeAsync(long id, string stepType, int many)
    {
        var (step, items) = await Eventually.GetAsync(
            () => host.WithDatabaseAsync(async db =>
            {
                var step = await db.Steps.AsNoTracking().SingleAsync(row => row.PipelineId == id && row.StepType == stepType);
                return (step, await db.Items.AsNoTracking().Where(item => item.StepId == step.Id && item.Status == ItemStatus.Dispatched).OrderBy(item => item.Id).ToListAsync());
            }),
            found => found.Item2.Count >= many);
        await Work.FinishAsync(host, step, [.. items.Take(many)]);
    }

    private Task<JsonNode> JudgeAsync(string path, string verdict, params JsonNode[] outputs) => _tenant.PutAsync(path, Verdicts(verdict, outputs), HttpStatusCode.OK);

    /// <summary>The run comes to its end with one video of each of these, and has cost what was said.</summary>
    private async Task DoneAsync(long id, params JsonNode[] picked)
    {
        var open = await _tenant.PipelineAsync(id);
        if (open.Step("i2v")["progress"]!.Number("queued") + open.Step("i2v")["progress"]!.Number("running") > 0)
        {
            await _tenant.DoAsync(id, "i2v");
        }

        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(picked.Select(output => output.Id()).Order(), done.Step("i2v").Outputs().Select(output => output["parent_output_id"]!.GetValue<long>()).Order());
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
        Assert.Equal(picked.Length * 0.35m, done.Step("i2v").Amount("cost_actual"));
    }

    private Task<decimal> HeldAsync(long id) => host.NumberAsync($"select count(*) from pipeline.dispatch_queues where pipeline_id = $1 and lane = '{StepTypes.Lane("i2v")}' and held and queued > 0", id);

    private static JsonNode Rolling(long[] images, decimal? budget = null)
    {
        var request = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Requests.Small(images, "checkpoint", ["i2i"], budget: budget)))!;
        request["review"] = "rolling";
        return request;
    }

    private static object Verdicts(string verdict, JsonNode[] outputs) => new { outputs = outputs.Select(output => new { id = output.Id(), verdict }) };
}
