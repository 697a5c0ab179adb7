using System.Net;
using Microsoft.EntityFrameworkCore;
using PipelineService.Tests.Assets;

namespace PipelineService.Tests.Pipelines;

/// <summary>Bad input over HTTP: a problem document that names the field; nothing is stored and nothing is fetched.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class BadInputTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task All_faults_come_at_once_as_a_problem_and_nothing_is_stored()
    {
        var body = Checking.Body(
            steps: Checking.Step("i2i", "\"model\": \"dall-e\", \"images_per_prompt\": 11") + ", " + Checking.Step("i2v", "\"duration_sec\": 3"),
            images: """{ "asset_id": 987654321 }, { "url": "http://127.0.0.1:1/a.png" }""", prompts: "\"\"", more: "\"mode\": \"fast\"");
        foreach (var path in new[] { "/pipelines", "/pipelines/estimate", "/pipelines/dry-run" })
        {
            using var answer = await _tenant.SendAsync(HttpMethod.Post, path, body);
            var problem = await TenantClient.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);

            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("/problems/validation", problem.Text("type"));
            Assert.NotEmpty(problem.Text("trace_id"));
            Assert.Equal(
                ["/inputs/images/0/asset_id", "/inputs/prompts/0", "/mode", "/steps/0/config/images_per_prompt", "/steps/0/config/model", "/steps/1/config/duration_sec"],
                problem.Faults());
        }

        Assert.Empty((await _tenant.GetAsync("/pipelines"))["data"]!.AsArray());
        Assert.Equal(0, await host.WithDatabaseAsync(db => db.Assets.CountAsync(asset => asset.TenantId == _tenant.TenantId)));
    }

    [Fact]
    public async Task An_address_that_cannot_be_had_is_refused_where_it_stands_and_nothing_is_stored()
    {
        var good = await host.AddAssetAsync(_tenant.TenantId);
        var body = Checking.Body(images: $$"""{ "asset_id": {{good}} }, { "url": "http://127.0.0.1:1/a.png" }""");

        Assert.Equal(["/inputs/images/1/url"], (await _tenant.PostAsync("/pipelines", body, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Empty((await _tenant.GetAsync("/pipelines"))["data"]!.AsArray());

        // An estimate fetches nothing, so it does not mind.
        Assert.Equal(10, (await _tenant.PostAsync("/pipelines/estimate", body, HttpStatusCode.OK))["steps"]![0]!.Number("count"));
    }

    [Fact]
    public async Task One_bad_address_leaves_nothing_of_the_good_ones_behind()
    {
        var kept = host.Pictures.Serve($"/{Guid.NewGuid():N}.png", context => context.Response.Body.WriteAsync(TestPictures.Png(21)).AsTask());
        await _tenant.PostAsync("/pipelines", Checking.Body(images: $$"""{ "url": "{{kept}}" }"""), HttpStatusCode.Created);
        var good = host.Pictures.Serve($"/{Guid.NewGuid():N}.png", context => context.Response.Body.WriteAsync(TestPictures.Png(22)).AsTask());
        var bad = host.Pictures.Serve($"/{Guid.NewGuid():N}.png", context => context.Response.Body.WriteAsync("no picture"u8.ToArray()).AsTask());
        var body = Checking.Body(images: $$"""{ "url": "{{kept}}" }, { "url": "{{good}}" }, { "url": "{{bad}}" }""");

        Assert.Equal(["/inputs/images/2/url"], (await _tenant.PostAsync("/pipelines", body, HttpStatusCode.UnprocessableEntity)).Faults());

        // The picture that was there before stays.
        Assert.Equal(1, await host.WithDatabaseAsync(db => db.Assets.CountAsync(asset => asset.TenantId == _tenant.TenantId)));
    }

    [Fact]
    public async Task A_picture_in_the_trash_is_refused_with_the_way_out()
    {
        var asset = await host.AddAssetAsync(_tenant.TenantId);
        await host.WithDatabaseAsync(db => db.Assets.Where(row => row.Id == asset && row.TenantId == _tenant.TenantId)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.DeletedAt, TimeProvider.System.GetUtcNow())));

        var problem = await _tenant.PostAsync("/pipelines", Checking.Body(images: $$"""{ "asset_id": {{asset}} }"""), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["/inputs/images/0/asset_id"], problem.Faults());
        Assert.Contains("in the trash", problem["errors"]!["/inputs/images/0/asset_id"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_are_pictures_of_the_tenants_own()
    {
        var others = await host.AddAssetAsync(host.NewTenant().TenantId);
        var video = await host.AddAssetAsync(_tenant.TenantId, "video");
        var problem = await _tenant.PostAsync("/pipelines", Checking.Body(images: $$"""{ "asset_id": {{others}} }, { "asset_id": {{video}} }"""), HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["/inputs/images/0/asset_id", "/inputs/images/1/asset_id"], problem.Faults());
        Assert.Contains("is a video", problem["errors"]!["/inputs/images/1/asset_id"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nonsense", "")]
    [InlineData("", null)]
    [InlineData("""{ "steps": "all" }""", "/steps")]
    [InlineData("""{ "budget_usd": "20" }""", "/budget_usd")]
    [InlineData("""{ "steps": [{ "step_type": "i2i", "config": { "images_per_prompt": "2" } }] }""", "/steps/0/config/images_per_prompt")]
    [InlineData("""{ "steps": [{ "step_type": "i2i", "config": { "images_per_prompt": 1.5 } }] }""", "/steps/0/config/images_per_prompt")]
    [InlineData("""{ "inputs": { "prompts": ["\ud800"] } }""", "/inputs/prompts/0")]
    public async Task What_is_no_json_or_of_the_wrong_type_is_unreadable(string body, string? pointer)
    {
        var problem = await _tenant.PostAsync("/pipelines", body, HttpStatusCode.BadRequest);

        Assert.Equal("/problems/unreadable", problem.Text("type"));
        Assert.Equal(pointer is null ? null : [pointer], problem["errors"]?.AsObject().Select(fault => fault.Key));
    }

    [Theory]
    [InlineData("/pipelines?limit=0&cursor=x&status=done", "/cursor /limit /status")]
    [InlineData("/pipelines?q=%00", "/q")]
    [InlineData("/pipelines/1/steps/1/items?status=done&cursor=1", "/cursor /status")]
    [InlineData("/pipelines/1/steps/1/outputs?limit=201", "/limit")]
    [InlineData("/pipelines/1/steps/1/outputs/index?limit=10001&cursor=1", "/cursor /limit")]
    public async Task A_wrong_filter_is_named(string path, string faults) =>
        Assert.Equal(faults.Split(' '), (await _tenant.GetAsync(path, HttpStatusCode.UnprocessableEntity)).Faults());

    [Fact]
    public async Task Fields_of_commands_that_do_not_exist_are_refused()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));

        Assert.Equal(["/max_cost"], (await _tenant.PostAsync($"/pipelines/{id}/run", new { max_cost = 1 }, HttpStatusCode.UnprocessableEntity)).Faults());
        Assert.Equal("pending", (await _tenant.PipelineAsync(id)).Text("status"));
    }

    [Fact]
    public async Task What_belongs_to_another_tenant_is_not_there()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        var step = (await _tenant.PipelineAsync(id)).Step("i2i").Id();
        var stranger = host.NewTenant();
        foreach (var path in new[] { $"/pipelines/{id}", $"/pipelines/{id}/steps", $"/pipelines/{id}/steps/{step}", $"/pipelines/{id}/steps/{step}/outputs", $"/pipelines/{id}/steps/{step}/outputs/index", $"/pipelines/{id}/steps/{step}/items", $"/pipelines/{id}/failures", $"/pipelines/{id}/download" })
        {
            await stranger.GetAsync(path, HttpStatusCode.NotFound);
        }

        foreach (var path in new[] { "run", "pause", "cancel", "retry", "clone", $"steps/{step}/approve", $"steps/{step}/retry", $"steps/{step}/items/1/rerun", $"steps/{step}/items/1/cancel" })
        {
            await stranger.PostAsync($"/pipelines/{id}/{path}", null, HttpStatusCode.NotFound);
        }

        await stranger.PutAsync($"/pipelines/{id}", Requests.Small([]), HttpStatusCode.NotFound);
        await stranger.PutAsync($"/pipelines/{id}/steps/{step}", new { config = new { } }, HttpStatusCode.NotFound);
        using var deleted = await stranger.SendAsync(HttpMethod.Delete, $"/pipelines/{id}");
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.Empty((await stranger.GetAsync("/pipelines"))["data"]!.AsArray());
        using var anonymous = new HttpClient { BaseAddress = _tenant.Http.BaseAddress };
        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync($"/pipelines/{id}")).StatusCode);
    }
}
