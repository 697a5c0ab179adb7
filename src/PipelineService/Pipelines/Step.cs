using Contracts.Generation;

namespace PipelineService.Pipelines;

/// <summary>One step of a pipeline with its counters, which change in the transaction that changes its items.</summary>
public sealed class Step
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required long PipelineId { get; set; }

    /// <summary>prompt_enhance, i2i or i2v.</summary>
    public required string StepType { get; init; }

    /// <summary>From 1.</summary>
    public required int StepOrder { get; init; }

    /// <summary>As it was given, without its prompts: those are kept in <see cref="InputPart"/>s.</summary>
    public required StepConfig Config { get; set; }

    public StepStatus Status { get; set; }

    /// <summary>Model and parameters after defaults; null for prompt_enhance and skipped steps.</summary>
    public GenerationParameters? Resolved { get; set; }

    /// <summary>Which provider serves it; chosen when it is created or changed.</summary>
    public string? Provider { get; set; }

    /// <summary>Who may make what that provider cannot, the preferred first; null for nobody.</summary>
    public IReadOnlyList<StepFallback>? Fallbacks { get; set; }

    /// <summary>US dollars for one output, as quoted.</summary>
    public decimal UnitPrice { get; set; }

    /// <summary>Source images it takes.</summary>
    public int ImagesIn { get; set; }

    public int PromptsIn { get; set; }

    /// <summary>Outputs one item is expected to yield.</summary>
    public int UnitsPerItem { get; set; } = 1;

    /// <summary>Outputs expected in the end; shrinks when something upstream fails for good.</summary>
    public int Total { get; set; }

    /// <summary>Items that are not at an end.</summary>
    public int Open { get; set; }

    /// <summary>Outputs delivered.</summary>
    public int Succeeded { get; set; }

    /// <summary>Outputs of failed items.</summary>
    public int Failed { get; set; }

    public int Cancelled { get; set; }

    public decimal CostEstimate { get; set; }

    public decimal CostActual { get; set; }

    public string? Error { get; set; }

    public DateTimeOffset? ProgressAt { get; set; }

    /// <summary>Counters changed since the last step_progress event.</summary>
    public bool ProgressDue { get; set; }

    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}
