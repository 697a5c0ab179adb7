using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineService.Pipelines;

namespace PipelineService.RunGroups;

/// <summary>Pipelines that are created together, all or none, and started together.</summary>
public sealed record RunGroupRequest
{
    /// <summary>Names the group; made when left out. The same again creates nothing: it starts what of the group has not started.</summary>
    public Guid? RunGroupId { get; init; }

    /// <summary>1–50 pipelines, for example the branches of a workflow.</summary>
    [Required]
    public IReadOnlyList<PipelineRequest?>? Pipelines { get; init; }

    /// <summary>Start them at once (default), or leave them pending.</summary>
    public bool? Run { get; init; }

    /// <summary>US dollars that all of them together may cost at most; dearer, and none is created.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Pipelines that belong together.</summary>
/// <param name="CostEstimate">US dollars; the most they cost together.</param>
/// <param name="Pipelines">In the order in which they were given.</param>
public sealed record RunGroupView(Guid RunGroupId, decimal CostEstimate, string Currency, IReadOnlyList<PipelineView> Pipelines);
