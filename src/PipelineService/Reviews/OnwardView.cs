using PipelineService.Pipelines;
using PipelineService.Retries;

namespace PipelineService.Reviews;

/// <summary>What an approval of a step in review would send on, and what that costs.</summary>
/// <param name="Unjudged">Outputs without a verdict.</param>
/// <param name="Selected">What goes on, as the query asks for it.</param>
/// <param name="Steps">The later steps for what goes on.</param>
/// <param name="Total">US dollars for all of <paramref name="Steps"/>.</param>
/// <param name="Now">US dollars up to the next review; in manual mode nothing before the next run.</param>
/// <param name="IfAll">If everything that is not rejected went on.</param>
/// <param name="IfNoneWereRejected">If everything went on.</param>
public sealed record OnwardView(
    int Outputs, int Picked, int Rejected, int Unjudged, int Selected, string Currency, IReadOnlyList<RetryLineView> Steps, decimal Total, string TotalDisplay, decimal Now, string NowDisplay,
    OnwardAmount IfAll, OnwardAmount IfNoneWereRejected, int Version);

/// <summary>A sum for so many outputs.</summary>
public sealed record OnwardAmount(int Outputs, decimal Total, string TotalDisplay);

internal sealed record OnwardQuery
{
    /// <summary>What becomes of outputs that nobody judged: include (default) or leave_out.</summary>
    [UnjudgedWords]
    public string? Unjudged { get; init; }

    public Dictionary<string, string[]>? Errors()
    {
        var faults = new Pipelines.Drafts.Faults();
        faults.OneOf("/unjudged", Unjudged, Vocabulary.Unjudged);
        return faults.Any ? faults.ToDictionary() : null;
    }
}
