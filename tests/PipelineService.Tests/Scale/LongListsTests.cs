using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Pipelines;
using PipelineService.Storage;
using PipelineService.Tests.Pipelines;
using ServiceDefaults.Storage;
using Testing;

namespace PipelineService.Tests.Scale;

/// <summary>Lists that are longer than a view shows.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class LongListsTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task A_view_shows_the_first_thousand_prompts_and_the_definition_all_of_them()
    {
        var id = await _tenant.CreateAsync(images => Body(images, Prompts(1500), []));

        var view = await _tenant.PipelineAsync(id);
        Assert.Equal(1000, view["inputs"]!["prompts"]!.AsArray().Count);
        Assert.Equal((1500, 1), ((int)view["inputs"]!.Number("prompts_total"), (int)view["inputs"]!.Number("images_total")));

        var definition = await _tenant.GetAsync($"/pipelines/{id}/definition");
        Assert.Equal(Prompts(1500), definition["inputs"]!["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()));
        var again = await _tenant.PostAsync("/pipelines", definition.ToJsonString(), HttpStatusCode.Created);
        Assert.Equal(1500, (int)again["progress"]!.Number("total"));
    }

    [Fact]
    public async Task Every_prompt_of_a_long_list_becomes_an_item_in_order()
    {
        var id = await _tenant.CreateAsync(images => Body(images, [], Prompts(2500)));
        await _tenant.PostAsync($"/pipelines/{id}/run", null, HttpStatusCode.Accepted);
        try
        {
            var items = await host.WithDatabaseAsync(db => db.Items.AsNoTracking().Where(item => item.PipelineId == id).OrderBy(item => item.Ordinal).ToListAsync());
            Assert.Equal(Prompts(2500), items.Select(item => item.Input.Prompt));
        }
        finally
        {
            await _tenant.PostAsync($"/pipelines/{id}/cancel", null, HttpStatusCode.Accepted);
        }
    }

    [Fact]
    public async Task A_clone_and_a_change_keep_the_prompts_of_a_step()
    {
        var id = await _tenant.CreateAsync(images => Body(images, [], Prompts(1200)));
        var clone = await _tenant.PostAsync($"/pipelines/{id}/clone", null, HttpStatusCode.Created);
        Assert.Equal(1200, (int)clone["progress"]!.Number("total"));

        var step = clone["steps"]![0]!.Id();
        await _tenant.PutAsync($"/pipelines/{clone.Id()}/steps/{step}", new { config = new { model = "kling-image", prompts = Prompts(3), images_per_prompt = 2 } }, HttpStatusCode.OK);
        var changed = await _tenant.PipelineAsync(clone.Id());
        Assert.Equal(Prompts(3), changed["steps"]![0]!["config"]!["prompts"]!.AsArray().Select(prompt => prompt!.GetValue<string>()));
        Assert.Equal(6, (int)changed["progress"]!.Number("total"));
    }

    [Fact]
    public async Task Another_tenant_has_no_definition_of_it()
    {
        var id = await _tenant.CreateAsync(images => Body(images, Prompts(1), []));

        await host.NewTenant().GetAsync($"/pipelines/{id}/definition", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pipelines_from_before_keep_their_lists()
    {
        await using var database = await TestDatabase.CreateAsync();
        var address = new DatabaseAddress(database.ConnectionString, PipelineDbContext.Schema, 5);
        await using var db = new PipelineDbContext(address.OwnerOptions<PipelineDbContext>());
        var migrator = db.GetInfrastructure().GetRequiredService<IMigrator>();
        await migrator.MigrateAsync("Initial");
        await db.Database.ExecuteSqlAsync(
            $$"""
            insert into pipeline.pipelines (id, tenant_id, correlation_id, saga_state, name, mode, status, pause_requested, checkpoints, inputs, on_item_failure, reuse, tags, epoch,
                cost_estimate, cost_actual, last_event, version, created_at, updated_at)
            values (7, 3, gen_random_uuid(), 'Pending', 'old', 'auto', 'pending', false, '{}',
                jsonb_build_object('images', '[{"asset_id": 12}]'::jsonb, 'prompts', (select jsonb_agg('prompt ' || n order by n) from generate_series(0, 1499) n), 'combine', 'paired'),
                'continue', false, '{}', 0, 0, 0, 0, 1, now(), now());
            insert into pipeline.pipeline_steps (tenant_id, pipeline_id, step_type, step_order, config, status, unit_price, images_in, prompts_in, units_per_item, total, open, succeeded,
                failed, cancelled, cost_estimate, cost_actual, progress_due, version, created_at, updated_at)
            values (3, 7, 'i2v', 1, '{"model": "kling", "motion_prompts": ["slow pan", "zoom"]}', 'pending', 0, 1, 2, 1, 2, 0, 0, 0, 0, 0, 0, false, 1, now(), now());
            """);

        await migrator.MigrateAsync();

        var pipeline = await db.Pipelines.SingleAsync();
        var inputs = await InputStore.WholeAsync(db, 3, 7, CancellationToken.None);
        Assert.Equal((1, 1500, Combine.Paired, 1), (pipeline.InputImages, pipeline.InputPrompts, pipeline.Combine, pipeline.ConfigVersion));
        Assert.Equal(Prompts(1500), inputs.Prompts);
        Assert.Equal([new InputImage(12)], inputs.Images);
        var step = await db.Steps.SingleAsync();
        Assert.Null(step.Config.MotionPrompts);
        Assert.Equal(["slow pan", "zoom"], inputs.Whole(step).MotionPrompts);
    }

    private static string[] Prompts(int count) => [.. Enumerable.Range(0, count).Select(n => $"prompt {n}")];

    private static object Body(long[] images, string[] prompts, string[] own) => new
    {
        inputs = new { images = images.Select(id => new { asset_id = id }), prompts },
        steps = new object[] { new { step_type = "i2i", config = new { model = "kling-image", prompts = own } } },
    };
}
