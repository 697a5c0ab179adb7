using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDefaults.OpenApi;

namespace PipelineService.Pipelines;

/// <summary>Body of run; may be left out.</summary>
public sealed record RunRequest
{
    /// <summary>Refuse to start when it would cost more than this, in US dollars.</summary>
    public decimal? MaxCostUsd { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A change of a step: its config before it starts; its outputs while it is in review.</summary>
public sealed record StepChange
{
    /// <summary>The whole new config. Only before the step starts.</summary>
    public StepConfig? Config { get; init; }

    /// <summary>
    /// Outputs to edit, to judge or to rate. In review, and while a step that will be reviewed still runs; ratings alone at any time. What stands as asked
    /// already is answered as done after the review, too: a call whose answer was lost may be sent again.
    /// </summary>
    public IReadOnlyList<OutputChange?>? Outputs { get; init; }

    /// <summary>Prompts to add. Only in review of a prompt_enhance step.</summary>
    public IReadOnlyList<PromptAddition?>? Add { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Body of approve; may be left out.</summary>
public sealed record ReviewRequest
{
    /// <summary>Last edits, made before it is approved.</summary>
    public IReadOnlyList<OutputChange?>? Outputs { get; init; }

    /// <summary>Prompts to add. Only for a prompt_enhance step.</summary>
    public IReadOnlyList<PromptAddition?>? Add { get; init; }

    /// <summary>What becomes of selected outputs that nobody judged: include (default) sends them on, leave_out does not.</summary>
    [UnjudgedWords]
    public string? Unjudged { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What is to change about one output; what is left out stays.</summary>
public sealed record OutputChange
{
    [Required]
    public long? Id { get; init; }

    /// <summary>The new words of a prompt, 1–2,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Whether it goes on. Without a verdict; a verdict that says otherwise is taken back.</summary>
    public bool? Selected { get; init; }

    /// <summary>pick selects it, reject deselects it, unset takes the verdict back and selects it again.</summary>
    [Words<Verdict>]
    public string? Verdict { get; init; }

    /// <summary>1–5; 0 takes the rating back.</summary>
    public int? Rating { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>A prompt that a person adds to the enhanced ones.</summary>
public sealed record PromptAddition
{
    /// <summary>1–2,000 characters.</summary>
    [Required]
    public string? Text { get; init; }

    /// <summary>The input image it is for, from 0; left out, it meets all of them.</summary>
    public int? ImageIndex { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>Body of rerun; may be left out.</summary>
public sealed record RerunRequest
{
    /// <summary>0–2,147,483,647; a new one when left out.</summary>
    public long? Seed { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
