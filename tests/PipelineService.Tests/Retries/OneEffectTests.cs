using System.Net;
using System.Text;
using Contracts.Generation;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Retries;

/// <summary>The same call from ten clients at once has one effect, and a key stands for one request.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class OneEffectTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Ten_retries_at_once_are_one()
    {
        var id = await FailedAsync();
        var before = await _tenant.PipelineAsync(id);

        await TenAsync($"/pipelines/{id}/retry", """{ "reasons": ["content_refused"], "max_cost_usd": 10 }""");

        var after = await _tenant.PipelineAsync(id);
        var items = await _tenant.ItemsAsync(id, after.Step("i2i").Id());
        Assert.All(items, item => Assert.Equal(2, item.Attempt));
        Assert.Equal((before.Number("version") + 1, items.Count), (after.Number("version"), after.Step("i2i")["progress"]!.Number("queued")));
        Assert.Equal(items.Count, await host.NumberAsync("select queued + in_flight from pipeline.dispatch_queues where pipeline_id = $1 and lane = 'image'", id));
    }

    [Fact]
    public async Task Ten_retries_of_named_items_at_once_are_one()
    {
        var id = await FailedAsync();
        var step = (await _tenant.PipelineAsync(id)).Step("i2i").Id();
        var item = (await _tenant.ItemsAsync(id, step))[0].Id;

        await TenAsync($"/pipelines/{id}/steps/{step}/retry", $$"""{ "item_ids": [{{item}}], "change": { "seed": 5 } }""");

        Assert.Equal([2, 1, 1, 1], (await _tenant.ItemsAsync(id, step)).Select(row => row.Attempt));
    }

    [Fact]
    public async Task Ten_runs_at_once_are_one()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images), images: 2);

        await TenAsync($"/pipelines/{id}/run", """{ "max_cost_usd": 10 }""");

        Assert.Equal((2, 2), ((await _tenant.PipelineAsync(id)).Number("version"), (await _tenant.ItemsAsync(id, (await _tenant.PipelineAsync(id)).Step("prompt_enhance").Id())).Count));
        Assert.Equal(1, await host.NumberAsync("select count(*) from pipeline.events where pipeline_id = $1 and event = 'pipeline_status'", id));
    }

    [Fact]
    public async Task Ten_cancels_at_once_are_one()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images), images: 2);

        await TenAsync($"/pipelines/{id}/cancel", null);

        Assert.Equal((3, "cancelled"), ((await _tenant.PipelineAsync(id)).Number("version"), (await _tenant.PipelineAsync(id)).Text("status")));
        Assert.Equal(0, await host.NumberAsync("select sum(queued + in_flight) from pipeline.dispatch_queues where pipeline_id = $1", id));
    }

    [Fact]
    public async Task Ten_approvals_at_once_start_the_next_step_once()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("prompt_enhance"));
        await _tenant.DoAsync(id, "prompt_enhance");
        var review = await _tenant.UntilAsync(id, "paused", "review");
        var path = $"/pipelines/{id}/steps/{review.Step("prompt_enhance").Id()}/approve";

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _tenant.SendAsync(HttpMethod.Post, path)));

        // The first approves; the others find that it is no longer in review.
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted));
        Assert.Equal(9, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(4, (await _tenant.ItemsAsync(id, review.Step("i2i").Id())).Count);
    }

    [Fact]
    public async Task A_key_used_again_with_another_body_is_refused_and_with_the_same_answered_again()
    {
        var id = await FailedAsync();
        var fresh = await _tenant.CreateAsync(images => Requests.Small(images));
        var review = await _tenant.StartAsync(Requests.Checkpoints("prompt_enhance"));
        await _tenant.DoAsync(review, "prompt_enhance");
        var step = (await _tenant.UntilAsync(review, "paused", "review")).Step("prompt_enhance").Id();
        foreach (var (path, body, other) in new[]
        {
            ($"/pipelines/{id}/retry", """{ "reasons": ["content_refused"] }""", """{ "reasons": ["outcome_unknown"] }"""),
            ($"/pipelines/{fresh}/run", """{ "max_cost_usd": 10 }""", """{ "max_cost_usd": 11 }"""),
            ($"/pipelines/{review}/steps/{step}/approve", """{ }""", """{ "outputs": [] }"""),
            ($"/pipelines/{id}/cancel", "{}", """{ "why": 1 }"""),
        })
        {
            var key = Guid.NewGuid().ToString();
            using var first = await KeyedAsync(path, body, key);
            using var again = await KeyedAsync(path, body, key);
            using var wrong = await KeyedAsync(path, other, key);

            Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity), (first.StatusCode, again.StatusCode, wrong.StatusCode));
            Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
            Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_cancelled_item_ends_alone_and_the_rest_goes_on()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        var (enhance, step) = ((await _tenant.PipelineAsync(id)).Step("prompt_enhance").Id(), (await _tenant.PipelineAsync(id)).Step("i2i").Id());
        await Testing.Eventually.HoldsAsync(async () => (await _tenant.ItemsAsync(id, enhance)).TrueForAll(item => item.Status == ItemStatus.Dispatched));
        await _tenant.PostAsync($"/pipelines/{id}/pause?now=true", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "prompt_enhance");
        Assert.All(await _tenant.ItemsAsync(id, step), item => Assert.Equal(ItemStatus.Queued, item.Status));
        var item = (await _tenant.ItemsAsync(id, step))[0];

        await TenAsync($"/pipelines/{id}/steps/{step}/items/{item.Id}/cancel", null);
        Assert.Equal((1, 3), ((await _tenant.PipelineAsync(id)).Step("i2i")["progress"]!.Number("cancelled"), (await _tenant.PipelineAsync(id)).Step("i2v")["progress"]!.Number("total")));
        Assert.Equal(3, await host.NumberAsync("select queued from pipeline.dispatch_queues where pipeline_id = $1 and lane = 'image'", id));

        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(2 + 3 + 3, done["progress"]!.Number("succeeded"));
        var kept = (await _tenant.ItemsAsync(id, step)).First(row => row.Status == ItemStatus.Succeeded);
        await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/items/{kept.Id}/cancel", null, HttpStatusCode.Conflict);
        await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/items/999999999/cancel", null, HttpStatusCode.NotFound);
    }

    private async Task TenAsync(string path, string? body)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _tenant.SendAsync(HttpMethod.Post, path, body)));
        foreach (var answer in answers)
        {
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        }
    }

    private async Task<HttpResponseMessage> KeyedAsync(string path, string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return await _tenant.Http.SendAsync(request);
    }

    /// <summary>Prompts that came and four images that were refused.</summary>
    private async Task<long> FailedAsync()
    {
        var id = await _tenant.StartAsync(Requests.Checkpoints("i2i"));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i", _ => FailureKind.ContentRefused);
        await _tenant.UntilAsync(id, "failed");
        return id;
    }
}
