namespace PipelineService.Pipelines.Drafts;

/// <summary>What is to be said about a stored pipeline today: a model may have been retired since it was made.</summary>
internal sealed class StoredWarnings(DraftChecks checks)
{
    public IReadOnlyList<string> Of(Pipeline pipeline, IReadOnlyList<Step> steps) => checks.Check(StoredRequest.Of(pipeline, steps)).Draft.Warnings;
}
