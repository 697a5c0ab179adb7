using System.Text.Json.Serialization;

namespace PipelineService.Pipelines;

/// <summary>
/// The config of a step as the person gave it; one record for the three types, each of which has fields of its own. What does not
/// belong to a type is refused, so null here always means "not given".
/// </summary>
public sealed record StepConfig
{
    // prompt_enhance
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? InputPrompts { get; init; }

    /// <summary>1..20, default 5.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? VariationsPerPrompt { get; init; }

    /// <summary>i2i or i2v; the next generator by default.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [TargetWords]
    public string? TargetType { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? StyleHints { get; init; }

    /// <summary>outfits, poses, expressions or lighting.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [ThemeWords]
    public string? ThemeFocus { get; init; }

    /// <summary>per_image or shared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [ScopeWords]
    public string? Scope { get; init; }

    /// <summary>auto, anthropic, openai or local.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [WriterWords]
    public string? Provider { get; init; }

    // i2i and i2v
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Prompts { get; init; }

    /// <summary>1..10, default 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ImagesPerPrompt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AspectRatio { get; init; }

    /// <summary>low, medium or high, where the model has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Quality { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Resolution { get; init; }

    /// <summary>Seed of the first output; output n gets seed + n.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SetModeConfig? SetMode { get; init; }

    /// <summary>Given: another provider may make it where the first cannot, within a price. Not given: nobody else is asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FallbackConfig? Fallback { get; init; }

    // i2v
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? MotionPrompts { get; init; }

    /// <summary>1..10, default 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? VideosPerImage { get; init; }

    /// <summary>Seconds, one the model sells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DurationSec { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Audio { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NegativePrompt { get; init; }

    /// <summary>True leaves the step out; its inputs pass through.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Skip { get; init; }

    /// <summary>Fields that no step type has; refused by name.</summary>
    [JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? Unknown { get; init; }
}

/// <summary>Variations of one picture: every combination of the chosen options of the chosen kinds.</summary>
public sealed record SetModeConfig
{
    public bool Enabled { get; init; } = true;

    /// <summary>full (default), one_at_a_time or pairwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [CoverageWords]
    public string? Coverage { get; init; }

    /// <summary>angles, expressions, poses, outfits, lighting.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [SetKindWords]
    public IReadOnlyList<string>? Variations { get; init; }

    /// <summary>Options by kind; a kind without takes all of its standard ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [SetKindWords]
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Options { get; init; }

    /// <summary>1..5, default 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CountPerVariation { get; init; }

    /// <summary>Fields that set mode does not have; refused by name.</summary>
    [JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? Unknown { get; init; }
}

/// <summary>Leave to have another provider make what the first cannot.</summary>
public sealed record FallbackConfig
{
    /// <summary>US dollars that one output may cost there at most; by default no more than at the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MaxUnitPriceUsd { get; init; }

    /// <summary>Fields that it does not have; refused by name.</summary>
    [JsonExtensionData]
    public IDictionary<string, System.Text.Json.JsonElement>? Unknown { get; init; }
}
