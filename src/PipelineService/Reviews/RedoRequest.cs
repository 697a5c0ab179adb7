using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineService.Retries;

namespace PipelineService.Reviews;

/// <summary>Body of redo: which outputs are made anew, and how.</summary>
public sealed record RedoRequest
{
    /// <summary>Outputs of the step, up to 10,000. Either these or <c>rejected</c>.</summary>
    public IReadOnlyList<long>? OutputIds { get; init; }

    /// <summary>True: all rejected ones that have not been made anew yet.</summary>
    public bool? Rejected { get; init; }

    /// <summary>What to ask instead; left out, the same with new seeds.</summary>
    public RetryChange? Change { get; init; }

    /// <summary>True: answers 200 with what it would cost, and changes nothing.</summary>
    public bool? Quote { get; init; }

    /// <summary>Refuse when it would cost more than this, in US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
