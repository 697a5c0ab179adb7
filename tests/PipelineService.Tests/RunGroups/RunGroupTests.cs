using System.Net;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.RunGroups;

/// <summary>Branches of a workflow: created together or not at all, started together.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RunGroupTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Branches_are_created_started_and_found_together()
    {
        var group = Guid.NewGuid();
        var images = new[] { await host.AddAssetAsync(_tenant.TenantId) };
        var answer = await _tenant.PostAsync("/run-groups", Body(group, Images(images, "kling-image"), Images(images, "nano-banana")), HttpStatusCode.Created);

        Assert.Equal(group.ToString(), answer.Text("run_group_id"));
        var made = answer["pipelines"]!.AsArray();
        Assert.Equal(["running", "running"], made.Select(pipeline => pipeline!.Text("status")));
        Assert.Equal(made.Sum(pipeline => pipeline!.Amount("cost_estimate")), answer.Amount("cost_estimate"));

        await _tenant.CreateAsync(one => Requests.Small(one));
        var found = (await _tenant.GetAsync($"/pipelines?run_group_id={group}"))["data"]!.AsArray();
        Assert.Equal(made.Select(pipeline => pipeline!.Id()).Order(), found.Select(pipeline => pipeline!.Id()).Order());
        Assert.All(found, pipeline => Assert.Equal(group.ToString(), pipeline!.Text("run_group_id")));
        Assert.Empty((await host.NewTenant().GetAsync($"/pipelines?run_group_id={group}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task The_same_group_again_creates_nothing_and_starts_what_waits()
    {
        var group = Guid.NewGuid();
        var images = new[] { await host.AddAssetAsync(_tenant.TenantId) };
        var pending = await _tenant.PostAsync("/run-groups", Body(group, run: false, pipelines: [Images(images, "kling-image")]), HttpStatusCode.Created);
        Assert.Equal("pending", pending["pipelines"]![0]!.Text("status"));

        var again = await _tenant.PostAsync("/run-groups", Body(group, Images(images, "kling-image")), HttpStatusCode.Created);
        Assert.Equal(pending["pipelines"]![0]!.Id(), again["pipelines"]![0]!.Id());
        Assert.Equal("running", again["pipelines"]![0]!.Text("status"));
        Assert.Single((await _tenant.GetAsync($"/pipelines?run_group_id={group}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task One_fault_keeps_all_of_them_from_being_created_and_every_fault_is_told()
    {
        var group = Guid.NewGuid();
        var images = new[] { await host.AddAssetAsync(_tenant.TenantId) };
        var problem = await _tenant.PostAsync("/run-groups", Body(group, Images(images, "kling-image"), Images([], "no-such-model")), HttpStatusCode.UnprocessableEntity);

        Assert.Contains("/pipelines/1/inputs/images", problem.Faults());
        Assert.Contains("/pipelines/1/steps/0/config/model", problem.Faults());
        Assert.DoesNotContain(problem.Faults(), pointer => pointer.StartsWith("/pipelines/0", StringComparison.Ordinal));
        Assert.Empty((await _tenant.GetAsync($"/pipelines?run_group_id={group}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task Dearer_than_allowed_together_is_refused_with_the_sum()
    {
        var images = new[] { await host.AddAssetAsync(_tenant.TenantId) };
        var body = new { pipelines = new[] { Images(images, "kling-image"), Images(images, "kling-image") }, max_cost_usd = 0.03m };
        var problem = await _tenant.PostAsync("/run-groups", body, HttpStatusCode.Conflict);

        Assert.EndsWith("quote_changed", problem.Text("type"), StringComparison.Ordinal);
        Assert.Equal(0.056m, problem.Amount("cost_estimate"));
        Assert.Empty((await _tenant.GetAsync("/pipelines"))["data"]!.AsArray());
    }

    private static object Body(Guid group, params object[] pipelines) => Body(group, true, pipelines);

    private static object Body(Guid group, bool run, object[] pipelines) => new { run_group_id = group, pipelines, run };

    private static object Images(long[] images, string model) => new
    {
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts = new[] { "woman in red dress" } },
        steps = new object[] { new { step_type = "i2i", config = new { model } } },
    };
}
