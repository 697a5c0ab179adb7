using PipelineService.Pipelines;

namespace PipelineService.Orchestration;

/// <summary>What happens to an item.</summary>
public enum ItemSignal
{
    /// <summary>Claimed by the dispatcher.</summary>
    Dispatch,

    /// <summary>A worker has it in hand.</summary>
    Start,

    /// <summary>A result arrived.</summary>
    Succeed,

    /// <summary>It failed and is not tried again by itself.</summary>
    Fail,

    /// <summary>It failed, was turned away or got lost, and is tried again by itself.</summary>
    Requeue,

    /// <summary>The run was cancelled.</summary>
    Cancel,

    /// <summary>A person asks for another attempt.</summary>
    Retry,

    /// <summary>The result of an attempt whose fate was unknown turned up.</summary>
    Reconcile,
}

/// <summary>What a signal did. <see cref="Applied"/> is false for a duplicate or late signal, which the caller drops.</summary>
public readonly record struct ItemTransition(ItemStatus Status, bool Applied);

/// <summary>The only place that says which item status may follow which. docs/lifecycle.md is generated from it.</summary>
public static class ItemLifecycle
{
    public static bool IsTerminal(this ItemStatus status) => status is ItemStatus.Succeeded or ItemStatus.Failed or ItemStatus.Cancelled;

    public static ItemTransition On(this ItemStatus status, ItemSignal signal) => (status, signal) switch
    {
        (ItemStatus.Queued, ItemSignal.Dispatch) => To(ItemStatus.Dispatched),
        (ItemStatus.Dispatched, ItemSignal.Start) => To(ItemStatus.Running),

        // Also from queued: the result of an attempt believed lost is paid for, so it wins over its repeat.
        (ItemStatus.Queued or ItemStatus.Dispatched or ItemStatus.Running, ItemSignal.Succeed) => To(ItemStatus.Succeeded),
        (ItemStatus.Dispatched or ItemStatus.Running, ItemSignal.Fail) => To(ItemStatus.Failed),
        (ItemStatus.Dispatched or ItemStatus.Running, ItemSignal.Requeue) => To(ItemStatus.Queued),
        (ItemStatus.Queued or ItemStatus.Dispatched or ItemStatus.Running, ItemSignal.Cancel) => To(ItemStatus.Cancelled),

        // The two ways back from an end: a person's retry, and a paid result of a failed attempt.
        (ItemStatus.Failed or ItemStatus.Cancelled, ItemSignal.Retry) => To(ItemStatus.Queued),
        (ItemStatus.Failed, ItemSignal.Reconcile) => To(ItemStatus.Succeeded),
        _ => new ItemTransition(status, Applied: false),
    };

    private static ItemTransition To(ItemStatus status) => new(status, Applied: true);
}
