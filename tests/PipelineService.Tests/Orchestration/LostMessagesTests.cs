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

    [Fact]
    public async Task A_prompt_that_two_attempts_made_is_stored_and_charged_once()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, System.Net.HttpStatusCode.Accepted);
        var first = await DispatchedAsync(id, attempt: 1);
        await ApplyAsync(Result(first, 1, FailureKind.ProviderDown));
        await DispatchedAsync(id, attempt: 2);

        // The first attempt had been sent twice: one of them failed, the other comes now.
        await ApplyAsync(Result(first, 1, null));
        await ApplyAsync(Result(first, 2, null));

        var item = await host.WithDatabaseAsync(db => db.Items.AsNoTracking().SingleAsync(row => row.Id == first.Id));
        Assert.Equal((ItemStatus.Succeeded, 1, item.QuotedCost), (item.Status, item.Attempt, item.ActualCost));
        Assert.Equal(item.Units, await host.WithDatabaseAsync(db => db.Outputs.CountAsync(output => output.ItemId == first.Id)));
        var costs = host.Services.GetRequiredService<CostClient>();
        await Eventually.HoldsAsync(async () =>
            decimal.Parse((await costs.GetPipelineSpendAsync(new PipelineSpendRequest { TenantId = _tenant.TenantId, PipelineId = id }, CancellationToken.None)).Spent) == item.QuotedCost);
    }

    [Fact]
    public async Task A_success_that_comes_together_with_a_failure_of_its_attempt_holds()
    {
        var id = await _tenant.CreateAsync(images => Requests.Small(images));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, System.Net.HttpStatusCode.Accepted);
        var item = await DispatchedAsync(id, attempt: 1);

        // One worker made it; another, which had the message once more, was turned away. Both tell in the same moment.
        await ApplyAsync(Result(item, 1, FailureKind.ProviderDown), Result(item, 1, null));
        await ApplyAsync(Result(item, 1, null));

        var after = await host.WithDatabaseAsync(db => db.Items.AsNoTracking().SingleAsync(row => row.Id == item.Id));
        Assert.Equal((ItemStatus.Succeeded, 1, item.QuotedCost, null), (after.Status, after.Attempt, after.ActualCost, after.LeaseUntil));
        Assert.Equal(item.Units, await host.WithDatabaseAsync(db => db.Outputs.CountAsync(output => output.ItemId == item.Id)));
    }

    private Task<Item> DispatchedAsync(long pipeline, int attempt) => Eventually.GetAsync(
        () => host.WithDatabaseAsync(db => db.Items.AsNoTracking().SingleAsync(item => item.PipelineId == pipeline)),
        item => item.Status == ItemStatus.Dispatched && item.Attempt == attempt);

    private async Task ApplyAsync(params ItemResult[] results) => await host.Services.GetRequiredService<LedgerCommit>().RunAsync(
        async ledger =>
        {
            await host.Services.GetRequiredService<Completion>().ApplyAsync(ledger, results, CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    private static ItemResult Result(Item item, int attempt, FailureKind? failure) => new(
        new ItemRef(item.TenantId, item.PipelineId, item.StepId, item.Id, attempt, 0),
        failure is null ? [.. Enumerable.Range(1, item.Units).Select(n => new ProducedOutput($"prompt {n}", null, 7))] : [],
        failure is { } kind ? new ItemFailure(kind, "down") : null,
        "local", null, null, true, false, TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());

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
