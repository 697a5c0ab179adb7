using System.Net;
using System.Text.Json.Nodes;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using static PipelineService.Orchestration.RunEffect;

namespace PipelineService.Tests.Pipelines;

/// <summary>A review that rolls: each pick goes on at once, and what is not judged waits without blocking.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RollingReviewTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Picks_go_on_while_others_are_made_and_the_step_ends_when_all_is_judged()
    {
        var id = await _tenant.StartAsync(Rolling);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var waiting = await _tenant.UntilAsync(id, "paused", "review");
        var outputs = waiting.Step("i2i").Outputs();
        var path = $"/pipelines/{id}/steps/{waiting.Step("i2i").Id()}";

        // Six people pick the same: it is bought once.
        var picks = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _tenant.SendAsync(HttpMethod.Put, path, Verdicts("pick", outputs[0]))));
        Assert.All(picks, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        var going = await _tenant.UntilAsync(id, "running");
        Assert.Equal(("review", "running"), (going.Step("i2i").Text("status"), going.Step("i2v").Text("status")));
        await _tenant.DoAsync(id, "i2v");
        var backlog = await _tenant.UntilAsync(id, "paused", "review");
        Assert.Equal([outputs[0].Id()], Parents(backlog));

        // What has gone on is settled; the rest of the batch is not changed either.
        Assert.Equal(["/outputs/0"], (await _tenant.PutAsync(path, Verdicts("reject", outputs[0]), HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.True((await _tenant.GetAsync($"{path}/outputs/index"))["settled"]![0]!.GetValue<bool>());

        await _tenant.PutAsync(path, Verdicts("reject", outputs[1], outputs[2]), HttpStatusCode.OK);
        Assert.Equal("paused", (await _tenant.PipelineAsync(id)).Text("status"));
        var ended = await _tenant.PutAsync(path, Verdicts("pick", outputs[3]), HttpStatusCode.OK);
        Assert.Equal("completed", ended.Text("status"));
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal([outputs[0].Id(), outputs[3].Id()], Parents(done).Order());
        Assert.Equal(done["progress"]!.Number("total"), done["progress"]!.Number("succeeded"));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
    }

    [Fact]
    public async Task The_rest_goes_on_when_the_step_is_approved()
    {
        var id = await _tenant.StartAsync(Rolling);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var waiting = await _tenant.UntilAsync(id, "paused", "review");
        var outputs = waiting.Step("i2i").Outputs();
        var path = $"/pipelines/{id}/steps/{waiting.Step("i2i").Id()}";
        await _tenant.PutAsync(path, Verdicts("pick", outputs[0]), HttpStatusCode.OK);
        await _tenant.PutAsync(path, Verdicts("reject", outputs[1]), HttpStatusCode.OK);
        Assert.Equal(0.35m * 2, (await _tenant.GetAsync($"{path}/onward")).Amount("total"));

        await _tenant.PostAsync($"{path}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal([outputs[0].Id(), outputs[2].Id(), outputs[3].Id()], Parents(done).Order());
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
    }

    [Fact]
    public async Task A_rolling_review_is_stored_copied_and_belongs_to_checkpoints()
    {
        var id = await _tenant.CreateAsync(Rolling);
        Assert.Equal("rolling", (await _tenant.PipelineAsync(id)).Text("review"));
        Assert.Equal("rolling", (await _tenant.PostAsync($"/pipelines/{id}/clone", null, HttpStatusCode.Created)).Text("review"));
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        var wrong = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Requests.Small([asset])))!;
        wrong["review"] = "rolling";
        Assert.Equal(["/review"], (await _tenant.PostAsync("/pipelines", wrong, HttpStatusCode.UnprocessableEntity)).Faults());
    }

    [Fact]
    public void A_pick_goes_on_at_once_and_a_pause_for_money_stands()
    {
        var picks = new Advance(1, 2, PicksOnly: true);
        var waiting = State(PipelineStatus.Paused, StatusReason.Review, Rolling(StepStatus.Review), Step(2, StepStatus.Pending));
        Assert.Equal([new SetStep(2, StepStatus.Running), new Hold(2, false), picks, new SetPipeline(PipelineStatus.Running)], ReviewDecisions.Judged(waiting, 1, waiting: 1, picked: 1, unjudged: 3).Effects);
        Assert.Empty(ReviewDecisions.Judged(waiting, 1, waiting: 0, picked: 1, unjudged: 3).Effects);
        Assert.Contains(new SetStep(1, StepStatus.Completed), ReviewDecisions.Judged(waiting, 1, waiting: 1, picked: 1, unjudged: 0).Effects);

        // All rejected: somebody has to say what now.
        Assert.Empty(ReviewDecisions.Judged(waiting, 1, waiting: 0, picked: 0, unjudged: 0).Effects);

        var stopped = waiting with { Reason = StatusReason.Budget };
        Assert.Equal([new SetStep(2, StepStatus.Running), picks], ReviewDecisions.Judged(stopped, 1, waiting: 1, picked: 1, unjudged: 3).Effects);
        Assert.DoesNotContain(PipelineDecisions.Approve(stopped, 1).Effects, effect => effect is Hold or SetPipeline);

        // So does one that is asked for, and has not come yet.
        var asked = State(PipelineStatus.Running, null, Rolling(StepStatus.Running), Step(2, StepStatus.Running, open: 1)) with { PauseRequested = true };
        Assert.Equal([new SetStep(2, StepStatus.Running), picks], ReviewDecisions.Judged(asked, 1, waiting: 1, picked: 1, unjudged: 3).Effects);
        Assert.Equal(
            [new SetStep(1, StepStatus.Review), new SetPauseRequested(false), new SetPipeline(PipelineStatus.Paused, StatusReason.User)], PipelineDecisions.StepDrained(asked, 1).Effects);
    }

    [Fact]
    public void What_is_approved_anew_goes_on_to_a_step_that_was_in_review_already()
    {
        var state = State(PipelineStatus.Paused, StatusReason.Review, Rolling(StepStatus.Review), Rolling(StepStatus.Review) with { Id = 2, Order = 2 }, Step(3, StepStatus.Running));

        Assert.Equal(
            [new SetStep(1, StepStatus.Completed), new SetPipeline(PipelineStatus.Running), new SetStep(2, StepStatus.Running), new Hold(2, false), new Advance(1, 2)],
            PipelineDecisions.Approve(state, 1).Effects);
    }

    [Fact]
    public void The_run_waits_for_a_person_only_when_nothing_else_is_under_way()
    {
        var making = State(PipelineStatus.Running, null, Rolling(StepStatus.Running, succeeded: 4), Step(2, StepStatus.Running, open: 1));
        Assert.Equal([new SetStep(1, StepStatus.Review)], PipelineDecisions.StepDrained(making, 1).Effects);
        var working = State(PipelineStatus.Running, null, Rolling(StepStatus.Review, succeeded: 4), Step(2, StepStatus.Running, succeeded: 1));
        Assert.Equal([new SetPipeline(PipelineStatus.Paused, StatusReason.Review)], PipelineDecisions.StepDrained(working, 2).Effects);
        Assert.Contains(new SetPipeline(PipelineStatus.Paused, StatusReason.User), PipelineDecisions.Pause(working, now: false).Effects);
        Assert.Contains(
            new SetPipeline(PipelineStatus.Paused, StatusReason.Review), PipelineDecisions.Run(working with { Status = PipelineStatus.Paused, Reason = StatusReason.User }).Effects);

        // Without rolling nothing of a later step is under way, and the review stops the run.
        var gathered = State(PipelineStatus.Running, null, Rolling(StepStatus.Running, succeeded: 4) with { Rolling = false }, Step(2, StepStatus.Pending));
        Assert.Contains(new SetPipeline(PipelineStatus.Paused, StatusReason.Review), PipelineDecisions.StepDrained(gathered, 1).Effects);
    }

    private static StepState Step(long id, StepStatus status, int open = 0, int succeeded = 0) => new(id, (int)id, status, false, false, open, succeeded, 0);

    private static StepState Rolling(StepStatus status, int succeeded = 4) => new(1, 1, status, false, true, 0, succeeded, 0) { Rolling = true };

    private static RunState State(PipelineStatus status, StatusReason? reason, params StepState[] steps) => new(status, reason, PipelineMode.Checkpoint, OnItemFailure.Continue, false, steps);

    private static object Rolling(long[] images)
    {
        var request = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Requests.Small(images, "checkpoint", ["i2i"])))!;
        request["review"] = "rolling";
        return request;
    }

    private static object Verdicts(string verdict, params JsonNode[] outputs) => new { outputs = outputs.Select(output => new { id = output.Id(), verdict }) };

    private static IEnumerable<long> Parents(JsonNode pipeline) => pipeline.Step("i2v").Outputs().Select(output => output["parent_output_id"]!.GetValue<long>());
}
