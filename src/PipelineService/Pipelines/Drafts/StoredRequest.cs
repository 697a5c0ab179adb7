namespace PipelineService.Pipelines.Drafts;

/// <summary>A stored pipeline as the request that would make it again: for clones, and for changes of one part.</summary>
internal static class StoredRequest
{
    public static PipelineRequest Of(Pipeline pipeline, IReadOnlyList<Step> steps) => new()
    {
        Name = pipeline.Name,
        Mode = ServiceDefaults.Storage.SnakeCase.Word(pipeline.Mode),
        Checkpoints = pipeline.Checkpoints,
        Inputs = new InputsRequest
        {
            Images = [.. pipeline.Inputs.Images.Select(image => new InputImageRequest { AssetId = image.AssetId })],
            Prompts = pipeline.Inputs.Prompts,
            Combine = ServiceDefaults.Storage.SnakeCase.Word(pipeline.Inputs.Combine),
        },
        Steps = [.. steps.Select(step => new StepRequest { StepType = step.StepType, Config = step.Config })],
        BudgetUsd = pipeline.BudgetUsd,
        OnItemFailure = ServiceDefaults.Storage.SnakeCase.Word(pipeline.OnItemFailure),
        Reuse = pipeline.Reuse,
        WebhookUrl = pipeline.WebhookUrl,
        Tags = pipeline.Tags,
    };
}
