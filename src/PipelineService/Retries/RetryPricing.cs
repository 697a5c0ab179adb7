using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Orchestration;
using PipelineService.Pipelines;
using Providers;

namespace PipelineService.Retries;

/// <summary>Failed items of one kind and what is asked of them now.</summary>
/// <param name="Parameters">Null for prompt_enhance.</param>
internal sealed record PricedGroup(FailedGroup Group, Step Step, GenerationParameters? Parameters, string? Provider, decimal UnitPrice);

/// <summary>What a retry leads to, in money. Pure.</summary>
internal static class RetryPricing
{
    /// <param name="failed">What is tried again.</param>
    /// <param name="restarted">What was cancelled because a step failed and comes back with it.</param>
    public static IReadOnlyList<RetryLineView> Lines(RunPlan plan, IReadOnlyList<Step> steps, IReadOnlyList<PricedGroup> failed, IReadOnlyList<PricedGroup> restarted) =>
    [
        .. Merge("retry", failed),
        .. Merge("restart", restarted),
        .. FollowUps(plan, steps, failed),
    ];

    /// <summary>The same for outputs that are made anew in a review: what follows from them is decided there.</summary>
    public static IReadOnlyList<RetryLineView> Redo(IReadOnlyList<PricedGroup> items) => [.. Merge("redo", items)];

    /// <summary>What goes on from outputs of a step.</summary>
    /// <param name="next">The step that takes them.</param>
    /// <param name="count">How many outputs that one makes of them.</param>
    public static IReadOnlyList<RetryLineView> Onward(RunPlan plan, IReadOnlyList<Step> steps, StepPlan next, long count)
    {
        var lines = new List<RetryLineView>();
        Step Row(StepPlan planned) => steps.Single(step => step.StepType == planned.StepType);
        lines.Add(Line("follow_up", Row(next), Row(next).Resolved, Row(next).Provider, count, Row(next).UnitPrice));
        foreach (var (planned, outputs) in After(plan, next, count))
        {
            lines.Add(Line("follow_up", Row(planned), Row(planned).Resolved, Row(planned).Provider, outputs, Row(planned).UnitPrice));
        }

        return lines;
    }

    public static decimal Total(IEnumerable<RetryLineView> lines) => Money.Plain(lines.Sum(line => line.Amount));

    private static IEnumerable<RetryLineView> Merge(string what, IReadOnlyList<PricedGroup> groups) => groups
        .GroupBy(group => (group.Step.Id, group.Parameters, group.Provider, group.UnitPrice))
        .Select(same => Line(what, same.First().Step, same.Key.Parameters, same.Key.Provider, same.Sum(group => (long)group.Group.Units), same.Key.UnitPrice));

    /// <summary>A plan is a product: every output leads to as many as the whole does.</summary>
    private static IEnumerable<RetryLineView> FollowUps(RunPlan plan, IReadOnlyList<Step> steps, IReadOnlyList<PricedGroup> failed)
    {
        var counts = new SortedDictionary<int, long>();
        foreach (var group in failed)
        {
            foreach (var (next, outputs) in plan.Find(group.Step.StepType) is { } current ? After(plan, current, group.Group.Following) : [])
            {
                counts[next.Order] = counts.GetValueOrDefault(next.Order) + outputs;
            }
        }

        foreach (var (order, count) in counts.Where(pair => pair.Value > 0))
        {
            var step = steps.Single(step => step.StepOrder == order);
            yield return Line("follow_up", step, step.Resolved, step.Provider, count, step.UnitPrice);
        }
    }

    private static IEnumerable<(StepPlan Step, long Outputs)> After(RunPlan plan, StepPlan current, long outputs)
    {
        while (current.Outputs > 0 && plan.After(current) is { } next && next.Feeds == current.StepType)
        {
            outputs *= next.Outputs / current.Outputs;
            yield return (next, outputs);
            current = next;
        }
    }

    private static RetryLineView Line(string what, Step step, GenerationParameters? parameters, string? provider, long count, decimal price) => new(
        step.Id, step.StepType, what, parameters?.Model, provider is not null && ProviderNames.IsSimulated(provider), count, Unit(step.StepType), Money.Plain(price),
        Money.Plain(count * price), Money.Display(count * price));

    private static string Unit(string stepType) => stepType switch
    {
        StepTypes.PromptEnhance => "prompt",
        StepTypes.ImageToImage => "image",
        _ => "video",
    };
}
