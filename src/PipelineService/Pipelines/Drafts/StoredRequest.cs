using ServiceDefaults.Storage;

namespace PipelineService.Pipelines.Drafts;

/// <summary>A stored pipeline as the request that would make it again: for clones, and for changes of one part.</summary>
internal static class StoredRequest
{
    public static PipelineRequest Of(Pipeline pipeline, IReadOnlyList<Step> steps, PipelineInputs inputs) => new()
    {
        Name = pipeline.Name,
        Mode = pipeline.Mode.Word(),
        Checkpoints = pipeline.Checkpoints,
        Review = pipeline.Mode == PipelineMode.Checkpoint ? pipeline.Review.Word() : null,
        Inputs = new InputsRequest
        {
            Images = [.. inputs.Images.Select(image => image.Url is { } url ? new InputImageRequest { Url = url } : new InputImageRequest { AssetId = image.AssetId })],
            Prompts = inputs.Prompts,
            Combine = pipeline.Combine.Word(),
        },
        Steps = [.. steps.Select(step => new StepRequest { StepType = step.StepType, Config = inputs.Whole(step) })],
        BudgetUsd = pipeline.BudgetUsd,
        OnItemFailure = pipeline.OnItemFailure.Word(),
        Reuse = pipeline.Reuse,
        Simulate = pipeline.Simulate,
        WebhookUrl = pipeline.WebhookUrl,
        Tags = pipeline.Tags,
    };
}

/// <summary>Images of a stored pipeline.</summary>
/// <param name="Fetched">Addresses that were fetched when it was created, with the assets they became.</param>
internal sealed record KnownImages(IReadOnlyDictionary<string, long> Fetched, IReadOnlySet<long> Ids)
{
    public static KnownImages None { get; } = new(new Dictionary<string, long>(), new HashSet<long>());

    public static KnownImages Of(PipelineInputs inputs) => new(
        inputs.Images.Where(image => image.Url is not null).DistinctBy(image => image.Url).ToDictionary(image => image.Url!, image => image.AssetId),
        inputs.Images.Select(image => image.AssetId).ToHashSet());
}
