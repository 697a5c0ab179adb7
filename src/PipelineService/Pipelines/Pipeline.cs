using MassTransit;

namespace PipelineService.Pipelines;

/// <summary>A pipeline, and at the same time the saga's instance: one truth, one row lock.</summary>
public sealed class Pipeline : SagaStateMachineInstance
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public Guid CorrelationId { get; set; }

    /// <summary>The state machine's own state; <see cref="Status"/> is what people see.</summary>
    public string SagaState { get; set; } = "Initial";

    public required string Name { get; set; }

    public required PipelineMode Mode { get; set; }

    public PipelineStatus Status { get; set; }

    public StatusReason? StatusReason { get; set; }

    /// <summary>The step that is running may end; then the pipeline pauses.</summary>
    public bool PauseRequested { get; set; }

    /// <summary>Step types after which a checkpoint stands.</summary>
    public required string[] Checkpoints { get; set; }

    /// <summary>How the checkpoints let outputs through.</summary>
    public ReviewFlow Review { get; set; }

    public Combine Combine { get; set; }

    /// <summary>How many images go in; they are kept in <see cref="InputPart"/>s.</summary>
    public int InputImages { get; set; }

    public int InputPrompts { get; set; }

    /// <summary>Raised by every change of inputs or step configs.</summary>
    public int ConfigVersion { get; set; } = 1;

    public decimal? BudgetUsd { get; set; }

    public OnItemFailure OnItemFailure { get; set; }

    public bool Reuse { get; set; }

    /// <summary>Made by the demo renderer, whatever providers are set up.</summary>
    public bool Simulate { get; set; }

    public string? WebhookUrl { get; set; }

    public required string[] Tags { get; set; }

    public Guid? RunGroupId { get; set; }

    /// <summary>The first unfinished step.</summary>
    public long? CurrentStepId { get; set; }

    /// <summary>Raised by cancel and pause-now; workers do not submit what was sent under a lower one.</summary>
    public long Epoch { get; set; }

    public decimal CostEstimate { get; set; }

    /// <summary>Sum of what the items cost so far, written with their completion.</summary>
    public decimal CostActual { get; set; }

    /// <summary>Number of the newest event of this pipeline.</summary>
    public long LastEvent { get; set; }

    /// <summary>W3C trace context of the run, so that workers' spans belong to the request that started it.</summary>
    public string? TraceParent { get; set; }

    public int Version { get; set; } = 1;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }
}
