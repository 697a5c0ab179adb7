using System.Text.Json.Serialization;
using PipelineService.Pipelines;
using ServiceDefaults.OpenApi;

namespace PipelineService.History;

/// <summary>How many pipelines a filter would leave.</summary>
/// <param name="Total">All that the whole filter finds.</param>
/// <param name="Statuses">By status, whatever status was asked for.</param>
/// <param name="Tags">By tag, whatever tag was asked for; the most frequent 50.</param>
/// <param name="Waiting">Paused for somebody's review, whatever status was asked for.</param>
public sealed record PipelineFacets(int Total, IReadOnlyList<FacetView> Statuses, IReadOnlyList<FacetView> Tags, int Waiting);

/// <summary>One choice of a filter and how many it finds.</summary>
public sealed record FacetView(string Value, int Count);

/// <summary>What happened in a run, oldest first.</summary>
public sealed record TimelineView(IReadOnlyList<TimelineEntry> Data);

/// <summary>One thing that happened.</summary>
/// <param name="What">created, status (the pipeline came into this state), step_started, step_finished or failures (items that failed for one reason, at the time of the first).</param>
/// <param name="Status">Of the pipeline, or of the step that ended; null otherwise.</param>
/// <param name="StepId">The step it happened in; null for what concerns the whole.</param>
/// <param name="Items">How many failed; null for anything else.</param>
/// <param name="Message">Why they failed, or why the step did; null otherwise.</param>
public sealed record TimelineEntry(
    DateTimeOffset At,
    [Words("created", "status", "step_started", "step_finished", "failures")] string What,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Status = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? StepId = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][StepTypeWords] string? StepType = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Items = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Message = null);
