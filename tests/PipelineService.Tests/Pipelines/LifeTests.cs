using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using PipelineService.Tests.Assets;

namespace PipelineService.Tests.Pipelines;

/// <summary>A pipeline's life over HTTP.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class LifeTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_pipeline_is_created_read_and_started()
    {
        var image = await host.AddAssetAsync(_tenant.TenantId);
        using var answer = await _tenant.SendAsync(HttpMethod.Post, "/pipelines", Requests.AllSteps([image, image, image]));
        var created = await TenantClient.ReadAsync(answer, HttpStatusCode.Created);
        var id = created.Id();

        Assert.Equal($"/pipelines/{id}", answer.Headers.Location!.ToString());
        Assert.Equal("\"1\"", answer.Headers.ETag!.ToString());
        Assert.Equal("woman in red dress", created.Text("name"));
        Assert.Equal("pending", created.Text("status"));
        Assert.Equal(11.355m, created.Amount("cost_estimate"));
        Assert.Equal(75, created["progress"]!.Number("total"));
        Assert.Equal("9:16", created.Step("i2i")["resolved"]!.Text("aspect_ratio"));
        Assert.True(created.Step("i2i")["simulated"]!.GetValue<bool>());
        Assert.Equal("{\"model\":\"kling\",\"resolution\":\"1080p\",\"videos_per_image\":1,\"duration_sec\":5}", created.Step("i2v")["config"]!.ToJsonString());
        Assert.Equal(created.ToJsonString(), (await _tenant.PipelineAsync(id)).ToJsonString());

        var started = await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal("running", started.Text("status"));
        Assert.Equal(15, started.Step("prompt_enhance")["progress"]!.Number("queued"));
        Assert.Equal(started.Step("prompt_enhance").Id(), started["current_step"]!.GetValue<long>());

        var again = await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal(started.Number("version"), again.Number("version"));
    }

    [Fact]
    public async Task Many_starts_at_once_are_one()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images), images: 2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _tenant.SendAsync(HttpMethod.Post, $"/pipelines/{id}/run")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(2, await host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id)));
    }

    [Fact]
    public async Task A_run_that_has_become_dearer_than_allowed_does_not_start()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        var problem = await _tenant.PostAsync($"/pipelines/{id}/run", new { max_cost_usd = 1.5 }, HttpStatusCode.Conflict);

        Assert.Equal("/problems/quote_changed", problem.Text("type"));
        Assert.Equal(1.5m, problem.Amount("max_cost_usd"));
        Assert.Equal(0.002m + (4 * 0.028m) + (4 * 0.35m), problem.Amount("cost_estimate"));
        Assert.Equal("pending", (await _tenant.PipelineAsync(id)).Text("status"));
        await _tenant.PostAsync($"/pipelines/{id}/run", new { max_cost_usd = 1.514 }, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Lists_are_newest_first_filtered_and_paged()
    {
        var ids = new List<long>();
        for (var index = 0; index < 3; index++)
        {
            ids.Insert(0, await _tenant.CreateAsync(images => Requests.Small(images)));
        }

        await _tenant.PostAsync($"/pipelines/{ids[0]}/cancel", null, HttpStatusCode.Accepted);
        var first = await _tenant.GetAsync("/pipelines?limit=2&q=SMA&tag=test");
        Assert.Equal(ids.Take(2), first["data"]!.AsArray().Select(pipeline => pipeline!.Id()));
        Assert.False(first["data"]![0]!.AsObject().ContainsKey("steps"));
        Assert.Equal(10, first["data"]![0]!["progress"]!.Number("total"));
        var second = await _tenant.GetAsync($"/pipelines?limit=2&cursor={first.Text("next_cursor")}");
        Assert.Equal([ids[2]], second["data"]!.AsArray().Select(pipeline => pipeline!.Id()));
        Assert.Null(second["next_cursor"]);
        Assert.Equal([ids[0]], (await _tenant.GetAsync("/pipelines?status=cancelled,failed"))["data"]!.AsArray().Select(pipeline => pipeline!.Id()));
        Assert.Empty((await _tenant.GetAsync("/pipelines?q=100%25&tag=test"))["data"]!.AsArray());
        Assert.Empty((await _tenant.GetAsync("/pipelines?to=2020-01-01T00:00:00Z"))["data"]!.AsArray());
        Assert.Equal(3, (await _tenant.GetAsync("/pipelines?from=2020-01-01T00:00:00Z"))["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_pending_pipeline_is_replaced_as_a_whole_by_who_has_seen_it()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        var image = await host.AddAssetAsync(_tenant.TenantId);
        var before = await _tenant.PipelineAsync(id);
        await _tenant.PutAsync($"/pipelines/{id}", Requests.Small([image, image]), HttpStatusCode.PreconditionFailed, "\"7\"");

        using var answer = await _tenant.SendAsync(HttpMethod.Put, $"/pipelines/{id}", Requests.Small([image, image], "manual", null, 3), "\"1\"");
        var replaced = await TenantClient.ReadAsync(answer, HttpStatusCode.OK);
        Assert.Equal("\"2\"", answer.Headers.ETag!.ToString());
        Assert.Equal("manual", replaced.Text("mode"));
        Assert.Equal(4 + 12 + 12, replaced["progress"]!.Number("total"));
        Assert.Equal(before.Step("i2i").Id(), replaced.Step("i2i").Id());

        var shorter = await _tenant.PutAsync(
            $"/pipelines/{id}", Checking.Body(Checking.Step("i2i") + ", " + Checking.Step("i2v"), images: $$"""{ "asset_id": {{image}} }"""), HttpStatusCode.OK);
        Assert.Equal(["i2i", "i2v"], shorter["steps"]!.AsArray().Select(step => step!.Text("step_type")));
        Assert.Equal("Small", shorter.Text("name"));
        Assert.Equal(shorter.ToJsonString(), (await _tenant.PipelineAsync(id)).ToJsonString());
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_started_pipeline_takes_a_new_name_budget_and_later_configs_and_nothing_else()
    {
        long[] assets = [];
        var id = await _tenant.StartAsync(images => Requests.Small(assets = images, "manual"));
        var refused = await _tenant.PutAsync(
            $"/pipelines/{id}", Checking.Body(Checking.Step("prompt_enhance", "\"variations_per_prompt\": 3") + ", " + Checking.Step("i2i") + ", " + Checking.Step("i2v"), images: $$"""{ "asset_id": {{assets[0]}} }""", prompts: "\"other\""),
            HttpStatusCode.Conflict);
        foreach (var pointer in new[] { "/mode", "/inputs/prompts", "/steps/0/config" })
        {
            Assert.Contains(pointer, refused.Text("detail"), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("/inputs/images", refused.Text("detail"), StringComparison.Ordinal);
        var changed = await _tenant.PutAsync($"/pipelines/{id}", Requests.Small(assets, "manual", null, 4, budget: 9.5m), HttpStatusCode.OK);
        Assert.Equal(9.5m, changed.Amount("budget_usd"));
        Assert.Equal(2 + 8 + 8, changed["progress"]!.Number("total"));
        Assert.Equal("running", changed.Text("status"));
    }

    [Fact]
    public async Task A_pause_a_resume_and_a_cancel_are_answered_at_once_and_repeats_change_nothing()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        var asked = await _tenant.PostAsync($"/pipelines/{id}/pause", null, HttpStatusCode.Accepted);
        Assert.True(asked["pause_requested"]!.GetValue<bool>());
        Assert.True((await _tenant.GetAsync("/pipelines?status=running"))["data"]!.AsArray().Single(listed => listed!.Number("id") == id)!["pause_requested"]!.GetValue<bool>());
        var paused = await _tenant.PostAsync($"/pipelines/{id}/pause?now=true", null, HttpStatusCode.Accepted);
        Assert.Equal("user", paused.Text("status_reason"));
        Assert.Equal("running", (await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted)).Text("status"));
        var cancelled = await _tenant.PostAsync($"/pipelines/{id}/cancel", null, HttpStatusCode.Accepted);
        Assert.Equal("cancelled", cancelled.Text("status"));
        Assert.Equal(cancelled.Number("version"), (await _tenant.PostAsync($"/pipelines/{id}/cancel", null, HttpStatusCode.Accepted)).Number("version"));
        Assert.Contains("clone", (await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Conflict)).Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clone_is_a_new_pending_pipeline_with_the_same_configuration()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images, "checkpoint", ["i2i"]));
        var clone = await _tenant.PostAsync($"/pipelines/{id}/clone", null, HttpStatusCode.Created);
        var original = await _tenant.PipelineAsync(id);

        Assert.NotEqual(id, clone.Id());
        Assert.Equal("Small (copy)", clone.Text("name"));
        Assert.Equal("pending", clone.Text("status"));
        foreach (var same in new[] { "mode", "checkpoints", "inputs", "tags", "cost_estimate" })
        {
            Assert.Equal(original[same]!.ToJsonString(), clone[same]!.ToJsonString());
        }

        Assert.Equal(original.Step("i2i")["config"]!.ToJsonString(), clone.Step("i2i")["config"]!.ToJsonString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_pipeline_takes_what_it_made_with_it_unless_that_is_to_stay(bool keep)
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        using var refused = await _tenant.SendAsync(HttpMethod.Delete, $"/pipelines/{id}");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        await _tenant.UntilAsync(id, "completed");

        using var deleted = await _tenant.SendAsync(HttpMethod.Delete, $"/pipelines/{id}?keep_assets={(keep ? "true" : "false")}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await _tenant.GetAsync($"/pipelines/{id}", HttpStatusCode.NotFound);
        var left = await host.WithDatabaseAsync(db => db.Assets.Where(asset => asset.TenantId == _tenant.TenantId && asset.Source == "generated").ToListAsync());
        Assert.Equal(keep ? 8 : 0, left.Count);
        Assert.All(left, asset => Assert.Null(asset.PipelineId));
        Assert.Equal(0, await host.WithDatabaseAsync(db => db.Outputs.CountAsync(output => output.PipelineId == id)));
        Assert.Equal(0, await host.WithDatabaseAsync(db => db.EventBatches.CountAsync(batch => batch.PipelineId == id)));
    }

    [Fact]
    public async Task A_picture_that_another_pipeline_waits_for_keeps_its_maker_from_being_deleted()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        await _tenant.DoAsync(id, "i2v");
        var done = await _tenant.UntilAsync(id, "completed");
        var made = done.Step("i2i").Outputs()[0]["asset_id"]!.GetValue<long>();
        var user = (await _tenant.PostAsync("/pipelines", Requests.Small([made]), HttpStatusCode.Created)).Id();

        var refused = await TenantClient.ReadAsync(await _tenant.SendAsync(HttpMethod.Delete, $"/pipelines/{id}"), HttpStatusCode.Conflict);
        Assert.Contains($"Pipeline {user}", refused.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outputs_and_items_are_paged_in_their_order()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images), images: 3);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.PipelineAsync(id)).Step("i2i");
        foreach (var list in new[] { "outputs", "items" })
        {
            var seen = new List<long>();
            string? cursor = null;
            do
            {
                var page = await _tenant.GetAsync($"/pipelines/{id}/steps/{step.Id()}/{list}?limit=5{(cursor is null ? "" : "&cursor=" + cursor)}");
                seen.AddRange(page["data"]!.AsArray().Select(row => row!.Id()));
                cursor = page["next_cursor"]?.GetValue<string>();
            }
            while (cursor is not null);
            Assert.Equal(12, seen.Distinct().Count());
            Assert.Equal(12, seen.Count);
        }

        Assert.Equal(step.Outputs().Select(output => output.Id()), (await _tenant.GetAsync($"/pipelines/{id}/steps/{step.Id()}/outputs?limit=200&model=kling-image&selected=true&status=succeeded"))["data"]!.AsArray().Select(row => row!.Id()));
        var first = step.Outputs()[0];
        Assert.Equal($"/assets/{first["asset_id"]}/content", first.Text("url"));
        Assert.Equal(720, first.Number("width"));
        Assert.Equal(0.028m, first.Amount("cost"));
        Assert.Empty((await _tenant.GetAsync($"/pipelines/{id}/steps/{step.Id()}/outputs?selected=false"))["data"]!.AsArray());
    }

    [Fact]
    public async Task The_index_of_outputs_has_all_of_them_in_brief_and_tells_what_came_since()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images), images: 3);
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.PipelineAsync(id)).Step("i2i");
        var address = $"/pipelines/{id}/steps/{step.Id()}/outputs";
        var ids = step.Outputs().Select(output => output.Id()).ToList();

        var whole = await _tenant.GetAsync($"{address}/index");

        Assert.Equal(12, whole.Number("total"));
        Assert.Equal(ids, Column<long>(whole, "id"));
        Assert.Equal(step.Outputs().Select(output => output["asset_id"]!.GetValue<long>()), Column<long>(whole, "asset_id"));
        Assert.Equal(step.Outputs().Select(output => output["item_id"]!.GetValue<long>()), Column<long>(whole, "item_id"));
        Assert.Equal(Enumerable.Repeat(720, 12), Column<int>(whole, "width"));
        Assert.Equal(["kling-image"], Column<string>(whole, "models"));
        Assert.Equal(Enumerable.Repeat(0, 12), Column<int>(whole, "model"));
        Assert.Equal(Enumerable.Repeat(true, 12), Column<bool>(whole, "selected"));
        Assert.Equal(step.Outputs().Select(output => DateTimeOffset.Parse(output.Text("created_at"), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds()), Column<long>(whole, "created_at"));
        Assert.Null(whole["next_cursor"]);

        var first = await _tenant.GetAsync($"{address}/index?limit=5");
        Assert.Equal(ids[..5], Column<long>(first, "id"));
        Assert.Equal(ids[5..], Column<long>(await _tenant.GetAsync($"{address}/index?cursor={first.Text("next_cursor")}"), "id"));

        var newest = ids.Order().TakeLast(3).ToList();
        var since = await _tenant.GetAsync($"{address}/index?after={newest[0]}");
        Assert.Equal(newest[1..], Column<long>(since, "id").Order());
        Assert.Equal(12, since.Number("total"));

        Assert.Equal([ids[2], ids[7]], (await _tenant.GetAsync($"{address}?ids={ids[7]}&ids={ids[2]}"))["data"]!.AsArray().Select(row => row!.Id()));
    }

    private static IEnumerable<T> Column<T>(JsonNode index, string name) => index[name]!.AsArray().Select(cell => cell!.GetValue<T>());

    [Fact]
    public async Task An_address_is_fetched_once_at_creation_and_never_again()
    {
        var asked = 0;
        var url = host.Pictures.Serve($"/{Guid.NewGuid():N}.png", context =>
        {
            Interlocked.Increment(ref asked);
            context.Response.ContentType = "image/png";
            return context.Response.Body.WriteAsync(TestPictures.Png(7)).AsTask();
        });
        var body = Checking.Body(images: $$"""{ "url": "{{url}}" }, { "url": "{{url}}" }""");
        var created = await _tenant.PostAsync("/pipelines", body, HttpStatusCode.Created);
        var images = created["inputs"]!["images"]!.AsArray();

        Assert.Equal(2, images.Count);
        Assert.Equal(url, images[0]!.Text("source_url"));
        Assert.Equal(images[0]!.ToJsonString(), images[1]!.ToJsonString());
        await _tenant.PutAsync($"/pipelines/{created.Id()}", body, HttpStatusCode.OK);
        var clone = await _tenant.PostAsync($"/pipelines/{created.Id()}/clone", null, HttpStatusCode.Created);
        Assert.Equal(created["inputs"]!.ToJsonString(), clone["inputs"]!.ToJsonString());
        Assert.Equal(1, asked);
    }
}
