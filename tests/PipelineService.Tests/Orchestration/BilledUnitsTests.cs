using Contracts.Generation;
using PipelineService.Pipelines;
using PipelineService.Tests.Pipelines;
using Providers.Catalog;
using Testing;

namespace PipelineService.Tests.Orchestration;

/// <summary>A provider that counts is charged by its count, at the price that was quoted.</summary>
[Collection(PipelinesCollection.Name)]
public sealed class BilledUnitsTests(PipelinesHost host)
{
    private readonly TenantClient _tenant = host.NewTenant();

    [Fact]
    public async Task What_the_provider_counted_is_charged_at_the_quoted_price()
    {
        var id = await _tenant.StartAsync(images => Requests.Small(images));
        await _tenant.DoAsync(id, "prompt_enhance");
        await _tenant.DoAsync(id, "i2i");
        var step = (await _tenant.PipelineAsync(id)).Step("i2v").Id();
        await Eventually.HoldsAsync(async () => (await _tenant.ItemsAsync(id, step)).Count(item => item.Status == ItemStatus.Dispatched) == 4);
        var row = (await host.WithDatabaseAsync(db => db.Steps.FindAsync(step).AsTask()))!;
        var items = await _tenant.ItemsAsync(id, step);

        // Quoted for five seconds each: one came out as ten, one as asked, one as nothing, which a clip that is there cannot be, one without a word.
        await Work.ReportAsync(host, [.. items.Select((item, index) => Work.Result(row, item, null) with { BilledUnits = index switch { 0 => 10m, 1 => 5m, 2 => 0m, _ => null } })]);

        var done = await _tenant.UntilAsync(id, "completed");
        Assert.Equal(0.70m + (3 * 0.35m), done.Step("i2v").Amount("cost_actual"));
        await Eventually.HoldsAsync(async () => await host.NumberAsync("select coalesce(sum(amount), 0) from cost.ledger where pipeline_id = $1 and step_id = $2", id, step) == 1.75m);
    }

    [Theory]
    [InlineData("kling-image", null, 1)]
    [InlineData("kling", 10, 10)]
    [InlineData("hailuo-2.3", 6, 1)]
    [InlineData("wan-2.1", null, 1)]
    [InlineData("gpt-image-2", null, null)]
    public void A_unit_is_a_picture_a_second_or_a_clip_as_the_model_is_priced(string model, int? seconds, int? units) =>
        Assert.Equal((decimal?)units, BilledUnits.Of(ModelCatalog.Embedded.Find(model)!.Price, new GenerationParameters(model, DurationSec: seconds)));
}
