using System.Net;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Estimates;

/// <summary>The worked examples, over HTTP and with the real cost service, to the cent and to the character.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class EstimateTests(PipelinesHost host)
{
    [Fact]
    public async Task Three_images_through_all_steps_cost_eleven_dollars_thirty_six()
    {
        var tenant = host.NewTenant();
        var images = new[] { await host.AddAssetAsync(tenant.TenantId), await host.AddAssetAsync(tenant.TenantId), await host.AddAssetAsync(tenant.TenantId) };
        var estimate = await tenant.PostAsync("/pipelines/estimate", Requests.AllSteps(images), HttpStatusCode.OK);

        Assert.Equal(11.355m, estimate["total"]!.GetValue<decimal>());
        Assert.Equal("$11.36", estimate["total_display"]!.GetValue<string>());
        Assert.Equal(
            "Pipeline Cost Estimate:\n  ├─ Prompt Enhancement: 15 prompts × $0.001 = $0.02\n  ├─ I2I Generation: 30 images × $0.028 = $0.84\n  └─ I2V Generation: 30 videos × $0.35 = $10.50\n  ─────────────────────────────────────────────\n  Total: $11.36",
            estimate["display"]!.GetValue<string>());
        var enhance = estimate["steps"]![0]!;
        Assert.Equal("{\"step_type\":\"prompt_enhance\",\"model\":null,\"count\":15,\"unit\":\"prompt\",\"unit_price\":0.001,\"amount\":0.015,\"amount_display\":\"$0.02\",\"resolved\":null}", enhance.ToJsonString());
    }
}
