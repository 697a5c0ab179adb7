using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineService.Pipelines;

namespace PipelineService.Sheets;

/// <summary>How a sheet is to be read, and what is to be made of its rows.</summary>
public sealed record SheetRequest
{
    /// <summary>Left out, columns are guessed from their headers.</summary>
    public SheetMapping? Mapping { get; init; }

    /// <summary>As for POST /pipelines, without its inputs: those are the rows. Without it nothing is priced.</summary>
    public PipelineRequest? Pipeline { get; init; }

    /// <summary>Other texts for single fields, by row number.</summary>
    public IReadOnlyDictionary<string, SheetEdit?>? Edits { get; init; }

    /// <summary>Which picture a file name means, by its id: for names that several pictures of the library have, or that it does not know.</summary>
    public IReadOnlyDictionary<string, long>? Pictures { get; init; }

    /// <summary>Run the good rows and leave the others out. Default false: one bad row refuses the run.</summary>
    public bool? LeaveOutBadRows { get; init; }

    /// <summary>Refuse to start when all together would cost more than this, in US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What is to stand in a row instead; what is left out stays.</summary>
public sealed record SheetEdit
{
    public string? Image { get; init; }

    public string? Prompt { get; init; }

    public string? Model { get; init; }

    public string? Seed { get; init; }

    public string? Name { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
