using Contracts.Costs.Grpc;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using ServiceDefaults.Grpc;
using Testing;

namespace PipelineService.Tests.Orchestration;

/// <summary>A cancel overtakes a dispatcher between its claim and its hold. Nobody asks about money that is held for less than an hour here.</summary>
public sealed class LateHoldTests(LateHoldTests.PatientHost host) : IClassFixture<LateHoldTests.PatientHost>
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Money_held_after_its_pipeline_was_cancelled_and_settled_is_free_at_once()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, System.Net.HttpStatusCode.Accepted);
        var item = await Eventually.GetAsync(
            () => host.WithDatabaseAsync(db => db.Items.AsNoTracking().SingleAsync(row => row.PipelineId == id)), row => row.Status == ItemStatus.Dispatched);
        var (pipeline, steps) = await host.WithDatabaseAsync(async db => (
            await db.Pipelines.AsNoTracking().SingleAsync(row => row.Id == id),
            await db.Steps.AsNoTracking().Where(step => step.PipelineId == id).OrderBy(step => step.StepOrder).ToListAsync()));
        await Eventually.HoldsAsync(async () => await HeldAsync(id) != "0");
        await _tenant.PostAsync($"/pipelines/{id}/cancel", null, System.Net.HttpStatusCode.Accepted);
        await Eventually.HoldsAsync(async () => await HeldAsync(id) == "0");

        var step = steps.Single(row => row.Id == item.StepId);
        var run = new RunHead(item.TenantId, id, pipeline.Version, pipeline.Epoch, null, null, false);
        var claimed = new ClaimedItem(item.Id, item.TenantId, id, item.StepId, item.Attempt, item.Units, item.QuotedCost, item.Input, null, null, null, null);
        await host.Services.GetRequiredService<LaneSender>().SendAsync(StepTypes.Lane(step.StepType), run, steps, [claimed], CancellationToken.None);

        await Eventually.HoldsAsync(async () => await HeldAsync(id) == "0");
    }

    private async Task<string> HeldAsync(long pipeline) =>
        (await host.Services.GetRequiredService<CostClient>().GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = _tenant.TenantId, PipelineId = pipeline }, CancellationToken.None)).Held;

    public sealed class PatientHost : PipelinesHost
    {
        protected override TimeSpan AskAfter => TimeSpan.FromHours(1);
    }
}
