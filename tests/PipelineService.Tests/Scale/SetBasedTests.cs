using System.Net;
using Contracts.Generation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;

namespace PipelineService.Tests.Scale;

/// <summary>What is done to many items costs as many statements as what is done to few.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class SetBasedTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_thousand_items_are_made_cancelled_and_shown_in_as_many_statements_as_a_hundred()
    {
        var few = await RunAndCancelAsync(100);
        var many = await RunAndCancelAsync(1000);

        Assert.Equal(few, many);
        Assert.All(new[] { many.Run, many.Show, many.Cancel }, count => Assert.InRange(count, 1, 30));
    }

    [Fact]
    public async Task A_thousand_failed_items_are_retried_in_as_many_statements_as_a_hundred() =>
        Assert.Equal(await RetryAsync(100), await RetryAsync(1000));

    [Fact]
    public async Task Sixteen_results_are_recorded_in_as_many_statements_as_four()
    {
        var few = await FinishAsync(4);
        var many = await FinishAsync(16);

        Assert.Equal(few, many);
    }

    // PostgreSQL writes a new entry in every index of a row when a word of any index's condition changes.
    [Fact]
    public async Task No_index_of_items_looks_at_the_status() =>
        Assert.Equal(0, await host.NumberAsync("select count(*) from pg_indexes where schemaname = 'pipeline' and tablename = 'items' and indexdef ~ '\\mstatus\\M'"));

    private async Task<(int Run, int Show, int Cancel)> RunAndCancelAsync(int items)
    {
        var id = await CreateAsync(items);
        try
        {
            var run = await StatementCounter.CountAsync(() => DecideAsync(id, PipelineDecisions.Run));
            var view = await _tenant.PipelineAsync(id);
            Assert.Equal(items, (int)view["progress"]!.Number("total"));
            var show = await StatementCounter.CountAsync(() => ShowAsync(id));
            var cancel = await StatementCounter.CountAsync(() => DecideAsync(id, PipelineDecisions.Cancel));
            var step = await StepAsync(id);
            Assert.Equal((0, items), (step.Open, step.Cancelled));
            Assert.Equal(items, await CountAsync(id, ItemStatus.Cancelled));
            Assert.Equal((0, 0), await QueueAsync(id));
            return (run, show, cancel);
        }
        finally
        {
            await DecideAsync(id, PipelineDecisions.Cancel);
        }
    }

    private async Task<int> RetryAsync(int items)
    {
        var id = await CreateAsync(items);
        await DecideAsync(id, PipelineDecisions.Run);
        try
        {
            await host.WithDatabaseAsync(db => db.Database.ExecuteSqlAsync(
                $"""
                with ended as (update pipeline.items set status = 'failed', error_code = 'unknown', lease_until = null where pipeline_id = {id}),
                counted as (update pipeline.pipeline_steps set open = 0, failed = {items} where pipeline_id = {id})
                update pipeline.dispatch_queues set queued = 0, in_flight = 0 where pipeline_id = {id}
                """));
            var count = await StatementCounter.CountAsync(() => DecideAsync(id, state => PipelineDecisions.Retry(state, null, null)));
            var step = await StepAsync(id);
            Assert.Equal((items, 0, items), (step.Open, step.Failed, step.Total));
            Assert.Equal(items, await host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id && item.Attempt == 2 && item.ErrorCode == null)));
            var (queued, inFlight) = await QueueAsync(id);
            Assert.Equal(items, queued + inFlight);
            return count;
        }
        finally
        {
            await DecideAsync(id, PipelineDecisions.Cancel);
        }
    }

    private async Task<int> FinishAsync(int results)
    {
        var id = await CreateAsync(40);
        await DecideAsync(id, PipelineDecisions.Run);
        try
        {
            // No worker has made its queue here, so what was sent soon goes back: the items that were seen sent are the ones to take.
            List<Item> items = [];
            await Testing.Eventually.HoldsAsync(async () =>
            {
                items = await host.WithDatabaseAsync(db => db.Items.AsNoTracking().Where(item => item.PipelineId == id && item.Status == ItemStatus.Dispatched).Take(results).ToListAsync());
                return items.Count == results;
            });
            var step = await StepAsync(id);
            return await StatementCounter.CountAsync(() => Work.FinishAsync(host, step, items));
        }
        finally
        {
            await DecideAsync(id, PipelineDecisions.Cancel);
        }
    }

    private Task<long> CreateAsync(int prompts) => _tenant.CreateAsync(images => new
    {
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts = Enumerable.Range(0, prompts).Select(n => $"prompt {n}") },
        steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image" } } },
    });

    private async Task DecideAsync(long id, Func<RunState, RunDecision> decide)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<PipelineCommands>().DecideAsync(_tenant.TenantId, id, decide, CancellationToken.None);
        Assert.IsType<CommandResult.Done>(result);
    }

    private async Task ShowAsync(long id)
    {
        await using var scope = host.Services.CreateAsyncScope();
        Assert.NotNull(await scope.ServiceProvider.GetRequiredService<PipelineReading>().FindAsync(_tenant.TenantId, id, CancellationToken.None));
    }

    private Task<Step> StepAsync(long id) => host.WithDatabaseAsync(db => db.Steps.AsNoTracking().SingleAsync(step => step.PipelineId == id));

    private Task<int> CountAsync(long id, ItemStatus status) => host.WithDatabaseAsync(db => db.Items.CountAsync(item => item.PipelineId == id && item.Status == status));

    private Task<(int Queued, int InFlight)> QueueAsync(long id) => host.WithDatabaseAsync(async db =>
    {
        var row = await db.DispatchQueues.AsNoTracking().SingleAsync(queue => queue.PipelineId == id && queue.Lane == Lanes.Image);
        return (row.Queued, row.InFlight);
    });
}
