using System.ComponentModel.DataAnnotations;

namespace PipelineService.Pipelines;

/// <summary>Section <c>Limits</c>: how large a pipeline may be.</summary>
public sealed class PipelineLimits
{
    public const string Section = "Limits";

    /// <summary>Most input images of a pipeline. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MaxImages { get; set; } = 1000;

    /// <summary>Most prompts in one list of prompts. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxPrompts { get; set; } = 10_000;

    /// <summary>Longest prompt in characters. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int MaxPromptChars { get; set; } = 2000;

    /// <summary>Most items (paid calls) of one step. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxItemsPerStep { get; set; } = 10_000;

    /// <summary>Longest name of a pipeline in characters; the table holds 200. Default 200.</summary>
    [Range(1, 200)]
    public int MaxNameChars { get; set; } = 200;

    /// <summary>Most tags of a pipeline. Default 20.</summary>
    [Range(0, 1000)]
    public int MaxTags { get; set; } = 20;

    /// <summary>Longest tag in characters. Default 50.</summary>
    [Range(1, 1000)]
    public int MaxTagChars { get; set; } = 50;

    /// <summary>Most style hints of an enhancer step. Default 20.</summary>
    [Range(0, 1000)]
    public int MaxStyleHints { get; set; } = 20;

    /// <summary>Longest style hint, and longest free option of set mode, in characters. Default 100.</summary>
    [Range(1, 1000)]
    public int MaxHintChars { get; set; } = 100;

    /// <summary>Most options of one kind in set mode. Default 20.</summary>
    [Range(1, 100)]
    public int MaxSetOptions { get; set; } = 20;

    /// <summary>Most variations an enhancer makes of one prompt. Default 20.</summary>
    [Range(1, 1000)]
    public int MaxVariationsPerPrompt { get; set; } = 20;

    /// <summary>Most images for one image and prompt. Default 10.</summary>
    [Range(1, 1000)]
    public int MaxImagesPerPrompt { get; set; } = 10;

    /// <summary>Most videos for one image. Default 10.</summary>
    [Range(1, 1000)]
    public int MaxVideosPerImage { get; set; } = 10;

    /// <summary>Most images for one variation of set mode. Default 5.</summary>
    [Range(1, 1000)]
    public int MaxCountPerVariation { get; set; } = 5;

    /// <summary>Most pipelines that are created together. Default 50.</summary>
    [Range(1, 1000)]
    public int MaxPipelinesPerGroup { get; set; } = 50;

    /// <summary>Largest budget of one pipeline in US dollars. Default 1,000,000.</summary>
    [Range(typeof(decimal), "1", "1000000000")]
    public decimal MaxBudgetUsd { get; set; } = 1_000_000m;

    /// <summary>Items shown of each step of a dry run. Default 10.</summary>
    [Range(0, 1000)]
    public int DryRunSample { get; set; } = 10;

    /// <summary>Input addresses of one pipeline that are fetched at the same time. Default 4.</summary>
    [Range(1, 64)]
    public int ImportParallelism { get; set; } = 4;
}
