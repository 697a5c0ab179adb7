using System.Net;
using System.Text.Json.Nodes;

namespace PipelineService.Tests.Pipelines;

/// <summary>One more output like this one, and another try at what failed.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RerunTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_rerun_adds_one_output_to_a_finished_run_and_finishes_it_again()
    {
        var (id, done) = await CompletedAsync();
        var step = done.Step("i2i");
        var item = await FirstItemAsync(id, step);

        var answer = await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/items/{item.Id()}/rerun", new { seed = 42 }, HttpStatusCode.Accepted);
        Assert.Equal("running", answer.Text("status"));
        Assert.Equal(5, answer["progress"]!.Number("total"));
        await _tenant.DoAsync(id, "i2i");
        var again = await _tenant.UntilAsync(id, "completed");

        Assert.Equal(2 + 5 + 4, again["progress"]!.Number("total"));
        Assert.Equal(2 + 5 + 4, again["progress"]!.Number("succeeded"));
        Assert.Equal(done.Amount("cost_estimate") + 0.028m, again.Amount("cost_estimate"));
        Assert.Equal(again.Amount("cost_estimate"), again.Amount("cost_actual"));
        var twins = again.Step("i2i").Outputs().Where(output => output.Text("prompt") == item["input"]!.Text("prompt")).ToList();
        Assert.Contains(twins, output => output["seed"]!.GetValue<long>() == 42);
    }

    [Fact]
    public async Task A_rerun_with_cascade_goes_on_to_the_videos()
    {
        var (id, done) = await CompletedAsync();
        var step = done.Step("prompt_enhance");
        var item = await FirstItemAsync(id, step);

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/items/{item.Id()}/rerun?cascade=true", null, HttpStatusCode.Accepted);
        Assert.Equal(4 + 8 + 8, (await _tenant.PipelineAsync(id))["progress"]!.Number("total"));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var again = await _tenant.UntilAsync(id, "completed");

        Assert.Equal(20, again["progress"]!.Number("succeeded"));
        Assert.Equal(again.Amount("cost_estimate"), again.Amount("cost_actual"));
    }

    [Fact]
    public async Task A_rerun_in_review_is_one_more_to_choose_from()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("i2i"));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        var step = review.Step("i2i");
        var item = await FirstItemAsync(id, step);

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/items/{item.Id()}/rerun", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var more = await _tenant.UntilAsync(id, "paused", "review");
        Assert.Equal(5, more.Step("i2i").Number("outputs_total"));
        Assert.Equal(5, more.Step("i2v")["progress"]!.Number("total"));

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(2 + 5 + 5, done["progress"]!.Number("succeeded"));
    }

    [Fact]
    public async Task A_rerun_without_cascade_before_a_checkpoint_that_is_past_does_not_go_on()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("i2i"));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.UntilAsync(id, "paused", "review")).Step("i2i");
        var approve = $"/pipelines/{id}/steps/{step.Id()}/approve";
        await _tenant.PostAsync(approve, null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        await _tenant.UntilAsync(id, "completed");

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/items/{(await FirstItemAsync(id, step)).Id()}/rerun", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync(approve, null, HttpStatusCode.Accepted);
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(5, done.Step("i2i").Number("outputs_total"));
        Assert.Equal(4, done.Step("i2v").Number("outputs_total"));
        Assert.Equal(done["progress"]!.Number("total"), done["progress"]!.Number("succeeded"));
    }

    [Fact]
    public async Task Failed_items_are_listed_with_their_error_and_retried_alone()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i", item => item.Ordinal < 2);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        var step = done.Step("i2i");
        Assert.Equal(2, done["progress"]!.Number("failed"));
        Assert.Equal(2, done.Step("i2v")["progress"]!.Number("total"));

        var failed = (await _tenant.GetAsync($"/pipelines/{id}/steps/{step.Id()}/items?status=failed"))["data"]!.AsArray();
        Assert.Equal(2, failed.Count);
        Assert.Equal("content_refused", failed[0]!["error"]!.Text("code"));
        Assert.Equal($"request-{failed[0]!.Id()}", failed[0]!.Text("provider_request_id"));
        var kept = (await FirstItemAsync(id, step, "succeeded")).Id();
        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/items/{failed[0]!.Id()}/rerun", null, HttpStatusCode.Conflict);
        var wrong = await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/retry", new { item_ids = new[] { failed[0]!.Id(), kept } }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/item_ids/1"], wrong.Faults());

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/retry", new { item_ids = new[] { failed[0]!.Id() } }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var again = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(1, again["progress"]!.Number("failed"));
        Assert.Equal(2 + 3 + 3, again["progress"]!.Number("succeeded"));

        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var all = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(2 + 4 + 4, all["progress"]!.Number("succeeded"));
        Assert.Equal(all.Amount("cost_estimate"), all.Amount("cost_actual"));
        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_a_retry_brings_joins_the_review_that_is_open()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("i2i"), images: 2);
        await _tenant.DoAsync(id, "prompt_enhance", item => item.Ordinal == 0);
        await _tenant.DoAsync(id, "i2i");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        Assert.Equal(4, review.Step("i2i").Number("outputs_total"));

        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var again = await _tenant.UntilAsync(id, "paused", "review");
        var step = again.Step("i2i");
        Assert.Equal("review", step.Text("status"));
        Assert.Equal(8, step.Number("outputs_total"));

        await _tenant.PostAsync($"/pipelines/{id}/steps/{step.Id()}/approve", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(4 + 8 + 8, done["progress"]!.Number("succeeded"));
        Assert.Equal(20, done["progress"]!.Number("total"));
    }

    [Fact]
    public async Task A_retry_after_an_approval_brings_its_outputs_to_review_by_themselves()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, "manual"), images: 2);
        await _tenant.DoAsync(id, "prompt_enhance", item => item.Ordinal == 0);
        var enhance = (await _tenant.UntilAsync(id, "paused", "review")).Step("prompt_enhance");
        var approve = $"/pipelines/{id}/steps/{enhance.Id()}/approve";
        await _tenant.PostAsync(approve, null, HttpStatusCode.Accepted);
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        var images = (await _tenant.UntilAsync(id, "paused", "review")).Step("i2i");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{images.Id()}/approve", null, HttpStatusCode.Accepted);

        // Paused by hand now: the retry waits for the next run, is reviewed, and joins the images that are there.
        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Accepted);
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync(approve, null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.UntilAsync(id, "paused", "review");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{images.Id()}/approve", null, HttpStatusCode.Accepted);
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2v");
        var video = (await _tenant.UntilAsync(id, "paused", "review")).Step("i2v");
        await _tenant.PostAsync($"/pipelines/{id}/steps/{video.Id()}/approve", null, HttpStatusCode.Accepted);
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(4 + 8 + 8, done["progress"]!.Number("succeeded"));
    }

    private async Task<(long Id, JsonNode Done)> CompletedAsync()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        return (id, await _tenant.UntilAsync(id, "completed"));
    }

    private async Task<JsonNode> FirstItemAsync(long id, JsonNode step, string status = "succeeded") =>
        (await _tenant.GetAsync($"/pipelines/{id}/steps/{step.Id()}/items?status={status}&limit=1"))["data"]![0]!;
}
