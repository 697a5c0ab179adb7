using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineService.Retries;

/// <summary>Body of retry; may be left out.</summary>
public sealed record RetryRequest
{
    /// <summary>Failed items of the step; left out, all of them. Only for the retry of one step.</summary>
    public IReadOnlyList<long>? ItemIds { get; init; }

    /// <summary>Error codes: only what failed for one of these reasons; left out, any.</summary>
    public IReadOnlyList<string?>? Reasons { get; init; }

    /// <summary>What to ask instead; left out, the same again.</summary>
    public RetryChange? Change { get; init; }

    /// <summary>True: answers 200 with what it would cost, and changes nothing.</summary>
    public bool? Quote { get; init; }

    /// <summary>Refuse when it would cost more than this, in US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What a retry asks instead of what failed; what is left out stays.</summary>
public sealed record RetryChange
{
    /// <summary>Another model of the catalog, with the step's other wishes.</summary>
    public string? Model { get; init; }

    /// <summary>0–2,147,483,647, for the first repetition; the n-th gets seed + n.</summary>
    public long? Seed { get; init; }

    /// <summary>1–2,000 characters. The words of a set-mode variation are added to it.</summary>
    public string? Prompt { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
