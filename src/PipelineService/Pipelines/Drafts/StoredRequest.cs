using ServiceDefaults.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>A stored pipeline as the request that would make it again: for clones, and for changes of one part.</summary>
internal static class StoredRequest
{
    public static PipelineRequest Of(Pipeline pipeline, IReadOnlyList<Step> steps) => new()
    {
        Name = pipeline.Name,
        Mode = pipeline.Mode.Word(),
        Checkpoints = pipeline.Checkpoints,
        Inputs = new InputsRequest
        {
            Images = [.. pipeline.Inputs.Images.Select(image => image.Url is { } url ? new InputImageRequest { Url = url } : new InputImageRequest { AssetId = image.AssetId })],
            Prompts = pipeline.Inputs.Prompts,
            Combine = pipeline.Inputs.Combine.Word(),
        },
        Steps = [.. steps.Select(step => new StepRequest { StepType = step.StepType, Config = step.Config })],
        BudgetUsd = pipeline.BudgetUsd,
        OnItemFailure = pipeline.OnItemFailure.Word(),
        Reuse = pipeline.Reuse,
        WebhookUrl = pipeline.WebhookUrl,
        Tags = pipeline.Tags,
    };
}

/// <summary>Images of a stored pipeline.</summary>
/// <param name="Fetched">Addresses that were fetched when it was created, with the assets they became.</param>
internal sealed record KnownImages(IReadOnlyDictionary<string, long> Fetched, IReadOnlySet<long> Ids)
{
    public static KnownImages None { get; } = new(new Dictionary<string, long>(), new HashSet<long>());

    public static KnownImages Of(Pipeline pipeline) => new(
        pipeline.Inputs.Images.Where(image => image.Url is not null).DistinctBy(image => image.Url).ToDictionary(image => image.Url!, image => image.AssetId),
        pipeline.Inputs.Images.Select(image => image.AssetId).ToHashSet());
}
