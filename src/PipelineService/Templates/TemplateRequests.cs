using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineService.Pipelines;

namespace PipelineService.Templates;

/// <summary>A template as it is saved, and as its file has it. Models that are gone are no fault: they are told wherever the template is shown.</summary>
public sealed record TemplateRequest
{
    /// <summary>The format of templates as files and in requests.</summary>
    public const string FileFormat = "pipeline.template";

    /// <summary>Which version of it is written here.</summary>
    public const int CurrentVersion = 1;

    /// <summary>pipeline.template; a file says so.</summary>
    public string? Format { get; init; }

    /// <summary>1, which is also meant when it is left out. A newer one cannot be read here.</summary>
    public int? FormatVersion { get; init; }

    /// <summary>1–200 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>What it is good for; up to 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>What a use of it creates: 1–50 pipelines, one for each branch. Images and prompts may be left out.</summary>
    [Required]
    public IReadOnlyList<PipelineRequest?>? Pipelines { get; init; }

    /// <summary>How the builder draws it: an object that is kept as it is.</summary>
    public JsonElement? Graph { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What a template is used with.</summary>
public sealed record UseTemplateRequest
{
    /// <summary>1–200 characters; the template's names when left out.</summary>
    public string? Name { get; init; }

    /// <summary>In place of the template's own images.</summary>
    public IReadOnlyList<InputImageRequest?>? Images { get; init; }

    /// <summary>In place of the template's own prompts.</summary>
    public IReadOnlyList<string?>? Prompts { get; init; }

    /// <summary>Start at once. Default false: the pipelines are left pending.</summary>
    public bool? Run { get; init; }

    /// <summary>US dollars that all of it together may cost at most.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
