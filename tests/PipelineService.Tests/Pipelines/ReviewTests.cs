using System.Net;

namespace PipelineService.Tests.Pipelines;

/// <summary>Review: what a person edits, picks and adds goes on, and nothing else.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class ReviewTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Edited_deselected_and_added_prompts_change_what_follows_and_the_run_ends_at_a_hundred_percent()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("prompt_enhance", "i2i"), images: 2);
        await _tenant.DoAsync(id, "prompt_enhance");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        var step = review.Step("prompt_enhance");
        var outputs = step.Outputs();
        Assert.Equal("review", step.Text("status"));
        Assert.Equal(4 + 8 + 8, review["progress"]!.Number("total"));

        // One prompt fewer for one image, one more for both: 3 + 2 prompts, 2 images of each.
        var edited = await _tenant.PutAsync(
            $"/pipelines/{id}/steps/{step.Id()}",
            new { outputs = new object[] { new { id = outputs[0].Id(), text = "woman in a blue gown" }, new { id = outputs[1].Id(), selected = false } }, add = new[] { new { text = "woman in a raincoat" } } },
            HttpStatusCode.OK, $"\"{step.Number("version")}\"");
        Assert.Equal(5, edited.Number("outputs_total"));
        var after = await _tenant.PipelineAsync(id);
        Assert.Equal(5 + 10 + 10, after["progress"]!.Number("total"));
        Assert.Equal((4 * 0.001m) + (10 * 0.028m) + (10 * 0.35m), after.Amount("cost_estimate"));

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var second = await _tenant.UntilAsync(id, "paused", "review");
        var images = second.Step("i2i");
        Assert.Equal(10, images.Number("outputs_total"));
        var prompts = images.Outputs().Select(output => output.Text("prompt")).ToList();
        Assert.Equal(2, prompts.Count(prompt => prompt == "woman in a blue gown"));
        Assert.Equal(4, prompts.Count(prompt => prompt == "woman in a raincoat"));

        await _tenant.PostAsync($"/pipelines/{id}/steps/{images.Id()}/approve", new { outputs = new[] { new { id = images.Outputs()[3].Id(), selected = false } } }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(5 + 10 + 9, done["progress"]!.Number("total"));
        Assert.Equal(5 + 10 + 9, done["progress"]!.Number("succeeded"));
        Assert.All(done["steps"]!.AsArray(), each => Assert.Equal(100m, each!["progress"]!.Amount("pct")));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
        Assert.DoesNotContain(done.Step("i2v").Outputs(), output => output["parent_output_id"]!.GetValue<long>() == images.Outputs()[3].Id());
    }

    [Fact]
    public async Task An_approval_needs_the_state_the_version_and_something_selected()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("prompt_enhance"));
        var step = (await _tenant.PipelineAsync(id)).Step("prompt_enhance");
        var approve = $"/pipelines/{id}/steps/{step.Id()}/approve";
        Assert.Contains("in review", (await _tenant.PostAsync(approve, null, HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
        var later = (await _tenant.PipelineAsync(id)).Step("i2i");
        await _tenant.PutAsync($"/pipelines/{id}/steps/{later.Id()}", new { outputs = Array.Empty<object>() }, HttpStatusCode.Conflict);

        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.UntilAsync(id, "paused", "review");
        using var stale = await _tenant.SendAsync(HttpMethod.Post, approve, null, "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);

        var outputs = (await _tenant.PipelineAsync(id)).Step("prompt_enhance").Outputs();
        var nothing = await _tenant.PostAsync(approve, new { outputs = outputs.Select(output => new { id = output.Id(), selected = false }) }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/outputs"], nothing.Faults());
        Assert.All((await _tenant.PipelineAsync(id)).Step("prompt_enhance").Outputs(), output => Assert.True(output["selected"]!.GetValue<bool>()));

        var wrong = await _tenant.PostAsync(
            approve,
            """{ "outputs": [{ "id": 999999999 }, { "id": ID, "text": " " }, { "id": ID, "picked": true }], "add": [{ "text": "x", "image_index": 1 }], "note": "x" }""".Replace("ID", $"{outputs[0].Id()}"),
            HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/add/0/image_index", "/note", "/outputs/0/id", "/outputs/1/text", "/outputs/2/id", "/outputs/2/picked"], wrong.Faults());
        await _tenant.PostAsync(approve, null, HttpStatusCode.Accepted);
        await _tenant.PostAsync(approve, null, HttpStatusCode.Conflict);
        await _tenant.PostAsync($"/pipelines/{id}/steps/999999999/approve", null, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Manual_mode_waits_after_every_step_and_takes_a_new_config_for_the_next()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, "manual"));
        await _tenant.DoAsync(id, "prompt_enhance");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        var enhance = review.Step("prompt_enhance");
        await _tenant.PostAsync(
            $"/pipelines/{id}/steps/{enhance.Id()}/approve", new { outputs = new[] { new { id = enhance.Outputs()[0].Id(), selected = false } } }, HttpStatusCode.Accepted);
        var waiting = await _tenant.UntilAsync(id, "paused", "user");
        var images = waiting.Step("i2i");
        Assert.Equal(2, images["progress"]!.Number("total"));

        var changed = await _tenant.PutAsync($"/pipelines/{id}/steps/{images.Id()}", new { config = new { model = "nano-banana", images_per_prompt = 3 } }, HttpStatusCode.OK);
        Assert.Equal("nano-banana", changed["resolved"]!.Text("model"));
        Assert.Equal(3, changed["progress"]!.Number("total"));
        Assert.Equal(3, (await _tenant.PipelineAsync(id)).Step("i2v")["progress"]!.Number("total"));
        var refused = await _tenant.PutAsync($"/pipelines/{id}/steps/{images.Id()}", new { config = new { model = "wan", images_per_prompt = 0 } }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/config/images_per_prompt", "/config/model"], refused.Faults());
        await _tenant.PutAsync($"/pipelines/{id}/steps/{enhance.Id()}", new { config = new { } }, HttpStatusCode.Conflict);

        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var second = await _tenant.UntilAsync(id, "paused", "review");
        Assert.Equal(3, second.Step("i2i").Number("outputs_total"));
        await _tenant.PostAsync($"/pipelines/{id}/steps/{images.Id()}/approve", null, HttpStatusCode.Accepted);
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var last = await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{last.Step("i2v").Id()}/approve", null, HttpStatusCode.Accepted);
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(done["progress"]!.Number("total"), done["progress"]!.Number("succeeded"));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
    }

    [Fact]
    public async Task A_step_can_be_skipped_until_it_starts_and_the_run_ends_without_it()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, "manual"));
        await _tenant.DoAsync(id, "prompt_enhance");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{review.Step("prompt_enhance").Id()}/approve", null, HttpStatusCode.Accepted);
        var skip = new { config = new { skip = true } };
        var skipped = await _tenant.PutAsync($"/pipelines/{id}/steps/{review.Step("i2i").Id()}", skip, HttpStatusCode.OK);
        Assert.Equal("skipped", skipped.Text("status"));
        var waiting = await _tenant.PipelineAsync(id);
        Assert.Equal(2 + 0 + 2, waiting["progress"]!.Number("total"));
        Assert.Equal(waiting.Step("i2v").Id(), waiting["current_step"]!.GetValue<long>());
        await _tenant.PutAsync($"/pipelines/{id}/steps/{review.Step("i2i").Id()}", new { config = new { skip = false } }, HttpStatusCode.Conflict);

        await _tenant.PutAsync($"/pipelines/{id}/steps/{review.Step("i2v").Id()}", skip, HttpStatusCode.OK);
        var done = await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal("completed", done.Text("status"));
        Assert.Equal(0.002m, done.Amount("cost_estimate"));
    }

    [Fact]
    public async Task Of_many_approvals_at_once_one_is_done_and_its_images_are_made_once()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("prompt_enhance"));
        await _tenant.DoAsync(id, "prompt_enhance");
        var step = (await _tenant.UntilAsync(id, "paused", "review")).Step("prompt_enhance");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _tenant.SendAsync(HttpMethod.Post, $"/pipelines/{id}/steps/{step.Id()}/approve")));

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        await _tenant.DoAsync(id, "i2i");
        Assert.Equal(4, (await _tenant.PipelineAsync(id)).Step("i2i").Number("outputs_total"));
    }
}
