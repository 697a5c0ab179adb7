using System.Net;
using System.Text.Json.Nodes;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Templates;

/// <summary>Configurations that are kept to be used again.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class TemplateTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task What_was_saved_is_listed_read_changed_and_deleted()
    {
        var saved = await _tenant.PostAsync("/templates", Body("Red dress"), HttpStatusCode.Created);
        Assert.True(saved.Id() >= 1000);
        Assert.Equal("kept", saved["graph"]!.Text("as_it_is"));
        var path = $"/templates/{saved.Id()}";

        var listed = (await _tenant.GetAsync("/templates"))["data"]!.AsArray();
        Assert.Equal(saved.Id(), listed[^1]!.Id());
        Assert.True(listed[0]!["built_in"]!.GetValue<bool>());
        Assert.Equal(["prompt_enhance", "i2i"], listed[^1]!["steps"]!.AsArray().Select(step => step!.GetValue<string>()));

        var renamed = await _tenant.PutAsync(path, Body("Blue dress"), HttpStatusCode.OK, "\"1\"");
        Assert.Equal("Blue dress", renamed.Text("name"));
        await _tenant.PutAsync(path, Body("Green dress"), HttpStatusCode.PreconditionFailed, "\"1\"");
        Assert.Equal("Blue dress", (await _tenant.GetAsync(path)).Text("name"));

        await host.NewTenant().GetAsync(path, HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NoContent, (await _tenant.SendAsync(HttpMethod.Delete, path)).StatusCode);
        await _tenant.GetAsync(path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_built_in_one_runs_with_a_picture_and_stays_as_it_is()
    {
        var picture = await host.AddAssetAsync(_tenant.TenantId);
        var builtIn = (await _tenant.GetAsync("/templates"))["data"]!.AsArray().Where(template => template!["built_in"]!.GetValue<bool>()).ToList();
        Assert.True(builtIn.Count >= 3);
        foreach (var template in builtIn)
        {
            Assert.NotEmpty(template!["samples"]!.AsArray());
            Assert.All(template["needs"]!.AsArray(), need => Assert.True(need!["available"]!.GetValue<bool>()));
            var used = await _tenant.PostAsync($"/templates/{template.Id()}/use", new { images = new[] { new { asset_id = picture } }, run = true }, HttpStatusCode.Created);
            Assert.All(used["pipelines"]!.AsArray(), pipeline => Assert.Equal("running", pipeline!.Text("status")));
        }

        await _tenant.PutAsync("/templates/1", Body("Mine"), HttpStatusCode.Conflict);
        Assert.Equal(HttpStatusCode.Conflict, (await _tenant.SendAsync(HttpMethod.Delete, "/templates/1")).StatusCode);
    }

    [Fact]
    public async Task Used_it_is_a_pending_pipeline_with_other_pictures_and_prompts()
    {
        var saved = await _tenant.PostAsync("/templates", Body("Red dress"), HttpStatusCode.Created);
        var picture = await host.AddAssetAsync(_tenant.TenantId);
        var used = await _tenant.PostAsync($"/templates/{saved.Id()}/use", new { images = new[] { new { asset_id = picture } }, prompts = new[] { "a green coat" } }, HttpStatusCode.Created);
        var pipeline = used["pipelines"]![0]!;
        Assert.Equal("pending", pipeline.Text("status"));
        Assert.Equal("a green coat", pipeline["inputs"]!["prompts"]![0]!.GetValue<string>());

        var bare = await _tenant.PostAsync($"/templates/{saved.Id()}/use", null, HttpStatusCode.UnprocessableEntity);
        Assert.Contains("/pipelines/0/inputs/images", bare.Faults());
    }

    [Fact]
    public async Task A_model_that_is_gone_is_told_and_no_reason_to_refuse()
    {
        var saved = await _tenant.PostAsync("/templates", Body("Old", "a-model-of-old"), HttpStatusCode.Created);
        var need = saved["needs"]!.AsArray().Single(need => need!.Text("step_type") == "i2i")!;
        Assert.False(need["available"]!.GetValue<bool>());
        Assert.Contains("a-model-of-old", need.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_comes_back_as_it_left_but_for_its_pictures()
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Body("Shared")))!;
        body["pipelines"]![0]!["inputs"]!["images"] = new JsonArray(new JsonObject { ["asset_id"] = await host.AddAssetAsync(_tenant.TenantId) });
        var saved = await _tenant.PostAsync("/templates", body.ToJsonString(), HttpStatusCode.Created);
        var file = await _tenant.GetAsync($"/templates/{saved.Id()}/export");
        Assert.Empty(file["pipelines"]![0]!["inputs"]!["images"]!.AsArray());

        var other = host.NewTenant();
        var again = await other.PostAsync("/templates", file.ToJsonString(), HttpStatusCode.Created);
        Assert.Equal(file.ToJsonString(), (await other.GetAsync($"/templates/{again.Id()}/export")).ToJsonString());

        file["format_version"] = 2;
        var newer = await other.PostAsync("/templates", file.ToJsonString(), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/format_version"], newer.Faults());
    }

    [Fact]
    public async Task Every_fault_is_told_at_once()
    {
        var problem = await _tenant.PostAsync(
            "/templates", new { name = " ", graph = 3, pipelines = new object[] { new { steps = new[] { new { step_type = "i3d" } } }, new { steps = Array.Empty<object>() } }, colour = "red" },
            HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["/colour", "/graph", "/name", "/pipelines/0/steps/0/step_type", "/pipelines/1/steps"], problem.Faults().Order(StringComparer.Ordinal));
    }

    private static object Body(string name, string model = "kling-image") => new
    {
        name,
        description = "Four lights",
        graph = new { as_it_is = "kept" },
        pipelines = new object[]
        {
            new
            {
                name,
                inputs = new { prompts = new[] { "woman in red dress" } },
                steps = new object[]
                {
                    new { step_type = "prompt_enhance", config = (object)new { variations_per_prompt = 4 } },
                    new { step_type = "i2i", config = (object)new { model } },
                },
            },
        },
    };
}
