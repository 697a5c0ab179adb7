using Contracts.Costs.Grpc;
using Contracts.Generation;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using ServiceDefaults.Grpc;
using Testing;

namespace PipelineService.Tests.Orchestration;

/// <summary>The broker may lose what it was given, all of it: nothing hangs and no money is forgotten.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class LostMessagesTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_run_whose_messages_were_lost_ends_and_is_charged_once_all_the_same()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, System.Net.HttpStatusCode.Accepted);
        foreach (var step in new[] { StepTypes.PromptEnhance, StepTypes.ImageToImage, StepTypes.ImageToVideo })
        {
            await _tenant.DoAsync(id, step, lost: true);
        }

        var done = await _tenant.UntilAsync(id, "completed");

        Assert.True(done.Amount("cost_actual") > 0);
        var costs = host.Services.GetRequiredService<CostClient>();
        var spend = await Eventually.GetAsync(
            () => costs.GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = _tenant.TenantId, PipelineId = id }, CancellationToken.None),
            reply => reply.Held == "0");
        Assert.Equal(done.Amount("cost_actual"), decimal.Parse(spend.Spent));
    }

    [Theory]
    // status, attempt asked for, item's attempt, all it cost, what its outputs cost, late itself, late results → amount
    [InlineData(ItemStatus.Succeeded, 1, 1, 0.35, 0.35, false, 0, 0.35)]
    [InlineData(ItemStatus.Succeeded, 1, 2, 0.35, 0.35, false, 0, 0.0)]
    [InlineData(ItemStatus.Succeeded, 1, 2, 0.70, 0.35, true, 1, 0.35)]
    [InlineData(ItemStatus.Succeeded, 2, 2, 0.70, 0.35, false, 1, 0.35)]
    [InlineData(ItemStatus.Failed, 3, 3, 0.0, 0.0, false, 0, 0.0)]
    [InlineData(ItemStatus.Cancelled, 1, 1, 0.35, 0.0, true, 1, 0.35)]
    [InlineData(ItemStatus.Running, 1, 2, 0.0, 0.0, false, 0, 0.0)]
    [InlineData(ItemStatus.Queued, 2, 2, 0.0, 0.0, false, 0, null)]
    [InlineData(ItemStatus.Dispatched, 1, 1, 0.0, 0.0, false, 0, null)]
    [InlineData(ItemStatus.Running, 1, 1, 0.0, 0.0, false, 0, null)]
    public void An_attempt_that_is_held_is_settled_at_what_it_cost_once_it_has_ended(
        ItemStatus status, int attempt, int current, double cost, double outputs, bool late, int lateCount, double? amount) =>
        Assert.Equal((decimal?)amount, HoldAnswers.Amount(new HeldFacts(status, attempt, current, (decimal)cost, (decimal)outputs, late, lateCount)));
}
