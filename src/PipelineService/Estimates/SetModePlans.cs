using PipelineService.Expansion;
using PipelineService.Pipelines;

namespace PipelineService.Estimates;

/// <summary>The three coverages of set mode side by side. A plan is a product: what follows from the step grows and shrinks with it. Pure.</summary>
internal static class SetModePlans
{
    /// <summary>Null outside set mode.</summary>
    public static IReadOnlyList<SetModePlanView>? Of(RunPlan plan, StepPlan step, Quote quote, int mostItems) => step.Skip || step.Config.SetMode is not { Enabled: true } config
        ? null
        : [.. SetMode.Coverages.Select(coverage => View(plan, step, quote, coverage, Count(config with { Coverage = coverage }), coverage == (config.Coverage ?? SetMode.Full), mostItems))];

    // The full product may be too many to make just for counting.
    private static long Count(SetModeConfig config) => config.Coverage == SetMode.Full ? SetMode.FullCount(config) : SetMode.Variations(config).Count;

    private static SetModePlanView View(RunPlan plan, StepPlan step, Quote quote, string coverage, long variations, bool chosen, int mostItems)
    {
        var (now, total, amount, count) = (Math.Max(1, step.Variations.Count), 0m, 0m, 0L);
        foreach (var line in quote.Lines)
        {
            var follows = plan.Find(line.StepType)!.Order >= step.Order;
            var outputs = follows ? line.Count / now * variations : line.Count;
            total += outputs * line.UnitPrice;
            (count, amount) = line.StepType == step.StepType ? (outputs, outputs * line.UnitPrice) : (count, amount);
        }

        return new SetModePlanView(coverage, variations, count, Money.Plain(amount), Money.Display(amount), Money.Plain(total), Money.Display(total), chosen, count > mostItems);
    }
}
