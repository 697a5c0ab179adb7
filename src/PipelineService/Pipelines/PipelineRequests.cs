using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDefaults.OpenApi;

namespace PipelineService.Pipelines;

/// <summary>A pipeline as a client describes it. Everything is optional to the reader, so that all faults are told at once.</summary>
public sealed record PipelineRequest
{
    /// <summary>1–200 characters; made from the first prompt when left out.</summary>
    public string? Name { get; init; }

    /// <summary>manual, auto (default) or checkpoint.</summary>
    [Words<PipelineMode>]
    public string? Mode { get; init; }

    /// <summary>Step types after which the run waits for a review; only with mode checkpoint.</summary>
    [StepTypeWords]
    public IReadOnlyList<string?>? Checkpoints { get; init; }

    /// <summary>gathered (default: outputs of a checkpoint go on together, when it is approved) or rolling (each as soon as it is picked); only with mode checkpoint.</summary>
    [Words<ReviewFlow>]
    public string? Review { get; init; }

    /// <summary>Images and prompts that go in.</summary>
    public InputsRequest? Inputs { get; init; }

    /// <summary>1–3 steps in the order prompt_enhance, i2i, i2v; each type at most once.</summary>
    [Required]
    public IReadOnlyList<StepRequest?>? Steps { get; init; }

    /// <summary>Hard cap in US dollars: the run pauses before it would pass it.</summary>
    public decimal? BudgetUsd { get; init; }

    /// <summary>continue (default) or stop.</summary>
    [Words<OnItemFailure>]
    public string? OnItemFailure { get; init; }

    /// <summary>Reuse identical earlier generations at no cost. Default false.</summary>
    public bool? Reuse { get; init; }

    /// <summary>True: everything is made by the demo renderer, whatever providers are set up; list prices are shown and nothing is charged. Default false.</summary>
    public bool? Simulate { get; init; }

    /// <summary>An http or https address that hears of this pipeline alone.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Up to 20 words to find it by.</summary>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <summary>Pipelines that belong together carry the same; a pipeline keeps the one it was created with.</summary>
    public Guid? RunGroupId { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>What goes in.</summary>
public sealed record InputsRequest
{
    public IReadOnlyList<InputImageRequest?>? Images { get; init; }

    /// <summary>1–2,000 characters each; used by the first step that takes prompts, unless its config has its own.</summary>
    public IReadOnlyList<string?>? Prompts { get; init; }

    /// <summary>all (every image with every prompt, default) or paired (the first with the first, and so on).</summary>
    [Words<Combine>]
    public string? Combine { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>An input image: an asset, or an address that is fetched and stored once, at creation.</summary>
public sealed record InputImageRequest
{
    public long? AssetId { get; init; }

    public string? Url { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>One step.</summary>
public sealed record StepRequest
{
    /// <summary>prompt_enhance, i2i or i2v.</summary>
    [Required, StepTypeWords]
    public string? StepType { get; init; }

    /// <summary>The fields of that step type; all have defaults.</summary>
    public StepConfig? Config { get; init; }

    /// <summary>True leaves the step out; its inputs pass through. May also stand in the config.</summary>
    public bool? Skip { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}
