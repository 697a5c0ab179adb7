using Contracts.Generation;
using PipelineService.Expansion;
using PipelineService.Pipelines;
using Providers.Catalog;

namespace PipelineService.Orchestration;

/// <summary>The plan of a stored pipeline, from the same function that made its quote.</summary>
internal static class PlanOfPipeline
{
    public static RunPlan Plan(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs, ModelCatalog catalog) => RunPlanner.Plan(
        inputs.Images.Count,
        inputs.Prompts,
        pipeline.Combine,
        [.. steps.OrderBy(step => step.StepOrder).Select(step => new PlannedStep(step.StepType, inputs.Whole(step), step.Resolved, MaxChars(step.Resolved, catalog), step.Provider))]);

    public static RunState State(Pipeline pipeline, IReadOnlyList<Step> steps, IReadOnlyDictionary<long, int> failedItems) => new(
        pipeline.Status,
        pipeline.StatusReason,
        pipeline.Mode,
        pipeline.OnItemFailure,
        pipeline.PauseRequested,
        [.. steps.OrderBy(step => step.StepOrder).Select(step => new StepState(
            step.Id, step.StepOrder, step.Status, step.Config.Skip, HasCheckpoint(pipeline, step), step.Open, step.Succeeded, failedItems.GetValueOrDefault(step.Id))
        {
            Rolling = IsRolling(pipeline, step),
        })]);

    /// <summary>Its picks go on one by one.</summary>
    public static bool IsRolling(Pipeline pipeline, Step step) => pipeline.Review == ReviewFlow.Rolling && HasCheckpoint(pipeline, step);

    public static bool HasCheckpoint(Pipeline pipeline, Step step) => pipeline.Mode switch
    {
        PipelineMode.Manual => true,
        PipelineMode.Checkpoint => pipeline.Checkpoints.Contains(step.StepType, StringComparer.Ordinal),
        _ => false,
    };

    private static int? MaxChars(GenerationParameters? parameters, ModelCatalog catalog) =>
        parameters is null ? null : catalog.Find(parameters.Model)?.Capabilities.PromptMaxChars;
}
