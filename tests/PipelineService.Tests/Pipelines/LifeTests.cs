using System.Net;

namespace PipelineService.Tests.Pipelines;

/// <summary>A pipeline's life over HTTP.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class LifeTests(PipelinesHost host)
{
    [Fact]
    public async Task A_pipeline_is_created_read_and_started()
    {
        var tenant = host.NewTenant();
        var image = await host.AddAssetAsync(tenant.TenantId);
        using var answer = await tenant.SendAsync(HttpMethod.Post, "/pipelines", Requests.AllSteps([image, image, image]));
        var created = await TenantClient.ReadAsync(answer, HttpStatusCode.Created);
        var id = created["id"]!.GetValue<long>();

        Assert.Equal($"/pipelines/{id}", answer.Headers.Location!.ToString());
        Assert.Equal("\"1\"", answer.Headers.ETag!.ToString());
        Assert.Equal("woman in red dress", created["name"]!.GetValue<string>());
        Assert.Equal("pending", created["status"]!.GetValue<string>());
        Assert.Equal(11.355m, created["cost_estimate"]!.GetValue<decimal>());
        Assert.Equal(75, created["progress"]!["total"]!.GetValue<int>());
        Assert.Equal("9:16", created["steps"]![1]!["resolved"]!["aspect_ratio"]!.GetValue<string>());
        Assert.True(created["steps"]![1]!["simulated"]!.GetValue<bool>());
        Assert.Equal(created.ToJsonString(), (await tenant.GetAsync($"/pipelines/{id}")).ToJsonString());

        var started = await tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal("running", started["status"]!.GetValue<string>());
        Assert.Equal(15, started["steps"]![0]!["progress"]!["queued"]!.GetValue<int>());
        Assert.Equal(started["steps"]![0]!["id"]!.GetValue<long>(), started["current_step"]!.GetValue<long>());

        var again = await tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        Assert.Equal(started["version"]!.GetValue<int>(), again["version"]!.GetValue<int>());
        await host.ClientOf(tenant.TenantId + 1).GetAsync($"/pipelines/{id}", HttpStatusCode.NotFound);
    }
}
