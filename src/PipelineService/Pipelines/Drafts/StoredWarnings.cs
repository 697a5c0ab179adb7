namespace PipelineService.Pipelines.Drafts;

/// <summary>What is to be said about a stored pipeline today: a model may have been retired since it was made.</summary>
internal sealed class StoredWarnings(DraftChecks checks)
{
    /// <param name="inputs">All of them, or the first of each list.</param>
    public IReadOnlyList<string> Of(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs)
    {
        // Ten thousand prompts were checked when they came in; that there are any is enough here.
        var request = StoredRequest.Of(pipeline, steps, inputs);
        return checks.Check(pipeline.TenantId, request with
        {
            Inputs = request.Inputs! with { Images = [.. request.Inputs.Images!.Take(1)], Prompts = [.. request.Inputs.Prompts!.Take(1)] },
            Steps = [.. request.Steps!.Select(step => step! with { Config = Short(step.Config!) })],
        }).Draft.Warnings;
    }

    private static StepConfig Short(StepConfig config) => config with
    {
        InputPrompts = config.InputPrompts?.Take(1).ToList(),
        Prompts = config.Prompts?.Take(1).ToList(),
        MotionPrompts = config.MotionPrompts?.Take(1).ToList(),
    };
}
