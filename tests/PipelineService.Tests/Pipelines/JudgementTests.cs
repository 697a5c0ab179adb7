using System.Net;
using System.Text.Json.Nodes;
using PipelineService.Pipelines;

namespace PipelineService.Tests.Pipelines;

/// <summary>Verdicts and ratings: what they do to what goes on, what is told of them, and what two people see of each other.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class JudgementTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Theory]
    [InlineData("pick", null, true, "pick", true)]
    [InlineData("reject", null, true, "reject", false)]
    [InlineData("unset", null, false, "unset", true)]
    [InlineData(null, false, true, "unset", false)]
    public void A_verdict_selects_and_a_selection_takes_back_what_contradicts_it(string? verdict, bool? selected, bool before, string after, bool goesOn)
    {
        var output = new Output
        {
            TenantId = 1, PipelineId = 1, StepId = 1, Ordinal = 0, Type = "image", CreatedAt = default, Selected = before, Verdict = before ? Verdict.Pick : Verdict.Reject, Rating = 3,
        };

        var judged = Judgement.Of(output, new OutputChange { Id = 1, Verdict = verdict, Selected = selected, Rating = 0 });

        Assert.Equal((after, goesOn, (int?)null), (judged.Verdict.ToString().ToLowerInvariant(), judged.Selected, judged.Rating));
    }

    [Fact]
    public async Task Picks_alone_go_on_when_the_approval_leaves_out_what_nobody_judged()
    {
        var (id, step, outputs) = await ReviewAsync();
        var path = $"/pipelines/{id}/steps/{step.Id()}";
        await _tenant.PutAsync(path, new { outputs = new object[] { new { id = outputs[0].Id(), verdict = "pick", rating = 5 }, new { id = outputs[1].Id(), verdict = "reject" } } }, HttpStatusCode.OK);

        var index = await _tenant.GetAsync($"{path}/outputs/index?prompts=true");
        Assert.Equal(["pick", "reject", "unset", "unset"], Texts(index, "verdict"));
        Assert.Equal([true, false, true, true], index["selected"]!.AsArray().Select(one => one!.GetValue<bool>()));
        Assert.Equal(5, index["rating"]![0]!.GetValue<int>());
        Assert.Equal(4, index["prompt"]!.AsArray().Count);
        Assert.Equal([outputs[0].Id()], (await _tenant.GetAsync($"{path}/outputs/index?verdict=pick&min_rating=4"))["id"]!.AsArray().Select(one => one!.GetValue<long>()));
        Assert.Equal([outputs[1].Id()], (await _tenant.GetAsync($"{path}/outputs?verdict=reject"))["data"]!.AsArray().Select(one => one!.Id()));
        Assert.Equal(["/min_rating", "/verdict"], (await _tenant.GetAsync($"{path}/outputs?verdict=good&min_rating=9", HttpStatusCode.UnprocessableEntity)).Faults());

        // A clip is $0.35.
        var onward = await _tenant.GetAsync($"{path}/onward?unjudged=leave_out");
        Assert.Equal((4, 1, 1, 2, 1), (onward.Number("outputs"), onward.Number("picked"), onward.Number("rejected"), onward.Number("unjudged"), onward.Number("selected")));
        Assert.Equal(0.35m, onward.Amount("total"));
        Assert.Equal(0.35m * 3, onward["if_all"]!.Amount("total"));
        Assert.Equal(0.35m * 4, onward["if_none_were_rejected"]!.Amount("total"));
        Assert.Equal(3, (await _tenant.GetAsync($"{path}/onward")).Number("selected"));

        await _tenant.PostAsync($"{path}/approve", new { unjudged = "leave_out" }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal([outputs[0].Id()], done.Step("i2v").Outputs().Select(output => output["parent_output_id"]!.GetValue<long>()));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
        Assert.Equal(1, done.Step("i2v")["progress"]!.Number("total"));
    }

    [Fact]
    public async Task A_stale_approval_says_what_somebody_else_changed()
    {
        var (id, step, outputs) = await ReviewAsync();
        var path = $"/pipelines/{id}/steps/{step.Id()}";
        var seen = step.Number("version");
        var anna = host.ClientOf(_tenant.TenantId, "Anna");
        var other = await anna.PutAsync(path, new { outputs = new object[] { new { id = outputs[2].Id(), verdict = "reject" }, new { id = outputs[3].Id(), rating = 2 } } }, HttpStatusCode.OK);
        Assert.Equal(seen + 1, other.Number("version"));

        var stale = await TenantClient.ReadAsync(await _tenant.SendAsync(HttpMethod.Post, $"{path}/approve", new { }, $"\"{seen}\""), HttpStatusCode.PreconditionFailed);
        var changed = stale["changed"]!;
        Assert.Equal((2, 1, 1), (changed.Number("outputs"), changed.Number("rejected"), changed.Number("unjudged")));
        Assert.Equal([outputs[2].Id(), outputs[3].Id()], changed["output_ids"]!.AsArray().Select(one => one!.GetValue<long>()));
        Assert.Contains("2 outputs were changed by Anna: now 1 rejected, 1 without a verdict.", stale.Text("detail"), StringComparison.Ordinal);
        Assert.Equal("""[{"name":"Anna","outputs":2,"picked":0,"rejected":1,"unjudged":1}]""", changed["by"]!.ToJsonString());
        Assert.Equal([outputs[2].Id(), outputs[3].Id()], (await _tenant.GetAsync($"{path}/outputs/index?changed_after={seen}"))["id"]!.AsArray().Select(one => one!.GetValue<long>()));

        // Saying once more what is so already is no change, and stales nobody.
        Assert.Equal(seen + 1, (await _tenant.PutAsync(path, new { outputs = new[] { new { id = outputs[2].Id(), verdict = "reject" } } }, HttpStatusCode.OK)).Number("version"));
        Assert.Equal(HttpStatusCode.Accepted, (await _tenant.SendAsync(HttpMethod.Post, $"{path}/approve", new { }, $"\"{seen + 1}\"")).StatusCode);

        // Each is named with what stands of their words; where nobody is known, nobody is.
        var after = await TenantClient.ReadAsync(await _tenant.SendAsync(HttpMethod.Post, $"{path}/approve", new { }, $"\"{seen}\""), HttpStatusCode.PreconditionFailed);
        Assert.Contains("The step is completed now.", after.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_ones_are_made_anew_with_a_change_at_a_price_and_come_into_the_same_review()
    {
        var (id, step, outputs) = await ReviewAsync();
        var path = $"/pipelines/{id}/steps/{step.Id()}";
        Assert.Contains("Nothing is rejected", (await _tenant.PostAsync($"{path}/redo", new { rejected = true }, HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
        await _tenant.PutAsync(path, new { outputs = new[] { new { id = outputs[0].Id(), verdict = "reject" }, new { id = outputs[2].Id(), verdict = "reject" } } }, HttpStatusCode.OK);

        var quote = await _tenant.PostAsync($"{path}/redo", new { rejected = true, change = new { model = "nano-banana", prompt = "in a blue coat" }, quote = true }, HttpStatusCode.OK);
        Assert.Equal((2, 0.039m * 2), (quote.Number("items"), quote.Amount("total")));
        Assert.Equal("redo", quote["lines"]![0]!.Text("what"));
        Assert.Equal("/problems/quote_changed", (await _tenant.PostAsync($"{path}/redo", new { rejected = true, max_cost_usd = 0.01 }, HttpStatusCode.Conflict)).Text("type"));
        Assert.Equal(["/change/sead"], (await _tenant.PostAsync($"{path}/redo", new { rejected = true, change = new { model = "no-such", sead = 1 } }, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal(["/change/model"], (await _tenant.PostAsync($"{path}/redo", new { rejected = true, change = new { model = "no-such" } }, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal([""], (await _tenant.PostAsync($"{path}/redo", new { rejected = true, output_ids = new[] { 1 } }, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal(["/output_ids/1"], (await _tenant.PostAsync($"{path}/redo", new { output_ids = new[] { outputs[0].Id(), 999999999 } }, HttpStatusCode.UnprocessableEntity)).Faults());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _tenant.SendAsync(
            HttpMethod.Post, $"{path}/redo", new { rejected = true, change = new { model = "nano-banana", prompt = "in a blue coat" }, max_cost_usd = 0.078m })));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));

        // The set can be judged on while they are made.
        await _tenant.PutAsync(path, new { outputs = new[] { new { id = outputs[1].Id(), verdict = "pick" } } }, HttpStatusCode.OK);
        await _tenant.DoAsync(id, "i2i");
        var again = await _tenant.UntilAsync(id, "paused", "review");
        var all = again.Step("i2i").Outputs();
        Assert.Equal(6, all.Count);
        var fresh = all.Where(output => outputs.All(old => old.Id() != output.Id())).ToList();
        Assert.All(fresh, output => Assert.Equal(("nano-banana", "in a blue coat", "unset"), (output.Text("model"), output.Text("prompt"), output.Text("verdict"))));
        Assert.Equal(["reject", "reject"], all.Where(output => output.Id() == outputs[0].Id() || output.Id() == outputs[2].Id()).Select(output => output.Text("verdict")));
        var index = await _tenant.GetAsync($"{path}/outputs/index");
        Assert.Equal([0, 0, 1, 2, 2, 3], index["place"]!.AsArray().Select(one => one!.GetValue<int>()));
        Assert.Equal(2, index["redone"]!.AsArray().Count(one => one!.GetValue<bool>()));

        await _tenant.PostAsync($"{path}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(4, done.Step("i2v").Number("outputs_total"));
        Assert.Equal(done["progress"]!.Number("total"), done["progress"]!.Number("succeeded"));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
        Assert.Contains("in review", (await _tenant.PostAsync($"{path}/redo", new { output_ids = new[] { outputs[0].Id() } }, HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);

        // A rating is no decision: it can be given whenever.
        Assert.Equal(4, (await _tenant.PutAsync(path, new { outputs = new[] { new { id = outputs[1].Id(), rating = 4 } } }, HttpStatusCode.OK)).Outputs().Single(output => output.Id() == outputs[1].Id()).Number("rating"));
        await _tenant.PutAsync(path, new { outputs = new[] { new { id = outputs[1].Id(), verdict = "reject" } } }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_makes_no_sense_is_told_where_it_stands()
    {
        var (id, step, outputs) = await ReviewAsync();
        var wrong = await _tenant.PutAsync(
            $"/pipelines/{id}/steps/{step.Id()}",
            new { outputs = new object[] { new { id = outputs[0].Id(), verdict = "good" }, new { id = outputs[1].Id(), rating = 6 }, new { id = outputs[2].Id(), verdict = "reject", selected = true } } },
            HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/outputs/0/verdict", "/outputs/1/rating", "/outputs/2/selected"], wrong.Faults());
        Assert.Equal(["/unjudged"], (await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/approve", new { unjudged = "maybe" }, HttpStatusCode.UnprocessableEntity)).Faults());
        await host.NewTenant().GetAsync($"/pipelines/{id}/steps/{step.Id()}/onward", HttpStatusCode.NotFound);
        await host.NewTenant().PostAsync($"/pipelines/{id}/steps/{step.Id()}/redo", new { rejected = true }, HttpStatusCode.NotFound);
    }

    private static IEnumerable<string> Texts(JsonNode node, string column) => node[column]!.AsArray().Select(one => one!.GetValue<string>());

    /// <summary>Four images wait to be judged.</summary>
    private async Task<(long Id, JsonNode Step, IReadOnlyList<JsonNode> Outputs)> ReviewAsync()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("i2i"));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.UntilAsync(id, "paused", "review")).Step("i2i");
        return (id, step, [.. step.Outputs()]);
    }
}
