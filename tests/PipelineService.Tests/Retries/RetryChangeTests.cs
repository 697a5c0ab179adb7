using System.Net;
using Contracts.Generation;
using Microsoft.Extensions.DependencyInjection;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using Providers.Catalog;

namespace PipelineService.Tests.Retries;

/// <summary>Another attempt with another model, seed or prompt: only for what failed, at the price of what is asked now.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class RetryChangeTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task Another_model_seed_and_prompt_are_priced_sent_shown_and_charged()
    {
        var (id, step) = await FailedAsync();
        var retry = $"/pipelines/{id}/steps/{step}/retry";
        var change = new { model = "nano-banana", seed = 7, prompt = "woman in a blue coat" };
        var before = await _tenant.PipelineAsync(id);

        var quote = await _tenant.PostAsync(retry, new { change, quote = true }, HttpStatusCode.OK);
        Assert.Equal(("nano-banana", 2, 0.039m, 0.078m), (quote["lines"]![0]!.Text("model"), quote["lines"]![0]!.Number("count"), quote["lines"]![0]!.Amount("unit_price"), quote.Amount("total")));
        await _tenant.PostAsync(retry, new { change }, HttpStatusCode.Accepted);

        var items = await _tenant.ItemsAsync(id, step);
        Assert.All(items.Where(item => item.Attempt == 2), item => Assert.Equal(
            ("nano-banana", "local", 0.039m, "woman in a blue coat", 7 + item.Input.Take),
            (item.Resolved!.Model, item.ServedBy, item.QuotedCost, item.Input.Prompt, item.Input.Seed)));
        Assert.Equal(2, items.Count(item => item.Attempt == 1 && item.Resolved is null && item.QuotedCost == 0.028m));
        await _tenant.DoAsync(id, "i2i");
        var done = await _tenant.UntilAsync(id, "completed");

        Assert.Equal(["kling-image", "kling-image", "nano-banana", "nano-banana"], done.Step("i2i").Outputs().Select(output => output.Text("model")).Order(StringComparer.Ordinal));
        Assert.Equal(before.Amount("cost_actual") + 0.078m, done.Amount("cost_actual"));
        Assert.Equal(done.Amount("cost_estimate"), done.Amount("cost_actual"));
        var shown = (await _tenant.GetAsync($"/pipelines/{id}/steps/{step}/items"))["data"]!.AsArray();
        Assert.Equal([null, null, "nano-banana", "nano-banana"], shown.Select(item => item!["resolved"]?.Text("model")).Order(StringComparer.Ordinal));
        await Testing.Eventually.HoldsAsync(async () => await host.NumberAsync(
            "select count(*) from cost.ledger where pipeline_id = $1 and step_type = 'i2i' and model = 'nano-banana' and amount = 0.039", id) == 2);
    }

    [Fact]
    public async Task A_late_result_belongs_to_what_its_own_attempt_was_asked()
    {
        var (id, step) = await FailedAsync(FailureKind.OutcomeUnknown);
        var failed = (await _tenant.ItemsAsync(id, step)).First(item => item.Status == ItemStatus.Failed);
        await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/retry", new { item_ids = new[] { failed.Id }, change = new { model = "nano-banana", prompt = "other" } }, HttpStatusCode.Accepted);

        var row = await host.WithDatabaseAsync(db => db.Steps.FindAsync(step).AsTask());
        await Work.ReportAsync(host, [Work.Result(row!, failed, null, attempt: 1)]);

        var output = (await _tenant.GetAsync($"/pipelines/{id}/steps/{step}/outputs"))["data"]!.AsArray().Single(output => output!["item_id"]!.GetValue<long>() == failed.Id)!;
        Assert.Equal(("kling-image", failed.Input.Prompt, 0.028m), (output.Text("model"), output.Text("prompt"), output.Amount("cost")));
    }

    [Fact]
    public async Task A_second_change_keeps_what_the_first_one_changed()
    {
        var (id, step) = await FailedAsync();
        var retry = $"/pipelines/{id}/steps/{step}/retry";
        await _tenant.PostAsync(retry, new { change = new { model = "nano-banana" } }, HttpStatusCode.Accepted);
        await _tenant.DoAsync(id, "i2i", _ => true);
        await _tenant.UntilAsync(id, "completed");

        var plain = await _tenant.PostAsync(retry, new { quote = true }, HttpStatusCode.OK);
        await _tenant.PostAsync(retry, new { change = new { prompt = "woman in a blue coat" } }, HttpStatusCode.Accepted);

        Assert.Equal(0.078m, plain.Amount("total"));
        Assert.All((await _tenant.ItemsAsync(id, step)).Where(item => item.Attempt == 3), item => Assert.Equal(
            ("nano-banana", "woman in a blue coat", 2), (item.Resolved!.Model, item.Input.Prompt, item.Earlier!.Count)));
    }

    [Fact]
    public async Task A_model_that_cannot_do_what_the_step_asks_is_refused()
    {
        var (id, step) = await FailedAsync(config: new { model = "kling-image", images_per_prompt = 2, resolution = "2K" });

        var problem = await _tenant.PostAsync($"/pipelines/{id}/steps/{step}/retry", new { change = new { model = "nano-banana" } }, HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["/change/model"], problem.Faults());
        Assert.Contains("does not offer the resolution '2K'", problem["errors"]!["/change/model"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_price_that_has_changed_holds_for_the_retry()
    {
        var (id, step) = await FailedAsync();
        await host.NumberAsync("with u as (update pipeline.items set quoted_cost = 0.02 where step_id = $1 and status = 'failed' returning 1) select count(*) from u", step);

        Assert.Equal(0.056m, (await _tenant.PostAsync($"/pipelines/{id}/retry", new { quote = true }, HttpStatusCode.OK)).Amount("total"));
        Assert.Equal(0.04m, (await _tenant.PostAsync($"/pipelines/{id}/retry", new { max_cost_usd = 0.05 }, HttpStatusCode.Conflict)).Amount("previous_estimate"));
        await _tenant.PostAsync($"/pipelines/{id}/retry", null, HttpStatusCode.Accepted);

        Assert.All((await _tenant.ItemsAsync(id, step)).Where(item => item.Attempt == 2), item => Assert.Equal((0.028m, 0.02m), (item.QuotedCost, item.Earlier!.Single().QuotedCost)));
    }

    [Fact]
    public void Commands_carry_the_parameters_of_the_item()
    {
        var item = new ClaimedItem(
            5, 1, 2, 3, 2, 1, 0.039m, new ItemInput("p", null, 0, 0, null, 0, 9), new MediaRef("k", "s", "image/png", 1, 1, 1), new GenerationParameters("nano-banana"), "fal", null);
        var step = new Step { Id = 3, TenantId = 1, PipelineId = 2, StepType = "i2i", StepOrder = 1, Config = new StepConfig(), Resolved = new GenerationParameters("kling-image"), Provider = "local", CreatedAt = default };

        var command = Assert.IsType<GenerateImages>(LaneCommands.For(Lanes.Image, new RunHead(1, 2, 1, 0, null, null, false), [step], [item], host.Services.GetRequiredService<ModelCatalog>()));

        Assert.Equal(("nano-banana", "fal"), (command.Items[0].Parameters.Model, command.Items[0].Provider));
    }

    /// <summary>Four images of two takes each; the first takes fail.</summary>
    private async Task<(long Id, long Step)> FailedAsync(FailureKind kind = FailureKind.ContentRefused, object? config = null)
    {
        var id = await _tenant.StartAsync(images => new
        {
            inputs = new { images = images.Select(image => new { asset_id = image }), prompts = new[] { "woman in red dress", "man in a hat" } },
            steps = new object[] { new { step_type = "i2i", config = config ?? new { model = "kling-image", images_per_prompt = 2 } } },
        });
        await _tenant.DoAsync(id, "i2i", item => item.Input.Take == 0 ? kind : null);
        return (id, (await _tenant.UntilAsync(id, "completed")).Step("i2i").Id());
    }
}
