using Contracts.Generation;
using PipelineService.Pipelines;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>The command that asks a lane's workers for items. Pure.</summary>
internal static class LaneCommands
{
    private static readonly IReadOnlyDictionary<string, string> NoVariation = new Dictionary<string, string>();

    /// <param name="steps">All steps of the items' pipeline, in order.</param>
    public static object For(string lane, RunHead run, IReadOnlyList<Step> steps, IReadOnlyList<ClaimedItem> items, ModelCatalog catalog) => lane switch
    {
        Lanes.Enhance => new EnhancePrompts([.. items.Select(item => Enhance(run, steps, item, catalog))]),
        Lanes.Image => new GenerateImages([.. items.Select(item => Image(run, Step(steps, item), item))]),
        Lanes.Video => new GenerateVideos([.. items.Select(item => Video(run, Step(steps, item), item))]),
        _ => throw new ArgumentOutOfRangeException(nameof(lane), lane, "Not a lane."),
    };

    private static EnhanceTask Enhance(RunHead run, IReadOnlyList<Step> steps, ClaimedItem item, ModelCatalog catalog)
    {
        var step = Step(steps, item);
        var target = steps.FirstOrDefault(candidate => candidate.StepOrder > step.StepOrder && !candidate.Config.Skip);
        var model = target?.Resolved?.Model;
        return new EnhanceTask(
            Ref(run, item), item.RequestKey, step.Config.Provider ?? "auto", item.Input.Prompt, item.Units,
            step.Config.TargetType ?? target?.StepType ?? StepTypes.ImageToImage, model,
            model is null ? null : catalog.Find(model)?.Capabilities.PromptMaxChars,
            step.Config.StyleHints ?? [], step.Config.ThemeFocus, item.Input.Seed, item.Source);
    }

    private static ImageTask Image(RunHead run, Step step, ClaimedItem item) => new(
        Ref(run, item), item.RequestKey, item.Provider(step)!, item.Asked(step), item.Input.Prompt, item.Input.Variation ?? NoVariation, item.Input.Seed, item.Source!);

    private static VideoTask Video(RunHead run, Step step, ClaimedItem item) => new(
        Ref(run, item), item.RequestKey, item.Provider(step)!, item.Asked(step), item.Input.Prompt, item.Input.Seed, item.Source!);

    private static Step Step(IReadOnlyList<Step> steps, ClaimedItem item) => steps.Single(step => step.Id == item.StepId);

    private static ItemRef Ref(RunHead run, ClaimedItem item) =>
        new(item.TenantId, item.PipelineId, item.StepId, item.Id, item.Attempt, run.Epoch);
}
