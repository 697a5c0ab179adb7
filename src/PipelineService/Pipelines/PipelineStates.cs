namespace PipelineService.Pipelines;

/// <summary>How far a pipeline is. Completed, failed and cancelled are ends; a failed one can be retried.</summary>
public enum PipelineStatus
{
    Pending,
    Running,

    /// <summary>Waits for a person or for money; <see cref="StatusReason"/> says which.</summary>
    Paused,
    Completed,
    Failed,
    Cancelled,
}

/// <summary>Why a pipeline is paused.</summary>
public enum StatusReason
{
    /// <summary>A step waits to be reviewed.</summary>
    Review,

    /// <summary>Somebody paused it, or manual mode waits for the next run.</summary>
    User,

    /// <summary>The next item would pass a budget.</summary>
    Budget,

    /// <summary>A provider is down.</summary>
    Provider,

    /// <summary>A provider's key or balance is at fault.</summary>
    Account,
}

public enum StepStatus
{
    Pending,
    Running,

    /// <summary>Done, and waits for a person's approval.</summary>
    Review,
    Completed,
    Failed,

    /// <summary>Left out by its config; inputs pass through.</summary>
    Skipped,
    Cancelled,
}

public enum PipelineMode
{
    /// <summary>Review after every step; the next step is started by hand.</summary>
    Manual,

    /// <summary>Never stops.</summary>
    Auto,

    /// <summary>Review after each listed step; approval goes on by itself.</summary>
    Checkpoint,
}

public enum OnItemFailure
{
    /// <summary>Go on with what succeeded.</summary>
    Continue,

    /// <summary>Fail the step.</summary>
    Stop,
}

/// <summary>How a checkpoint lets its outputs through.</summary>
public enum ReviewFlow
{
    /// <summary>Together, when the step is approved.</summary>
    Gathered,

    /// <summary>Each as soon as it is picked, also while others are still made or wait to be judged.</summary>
    Rolling,
}

/// <summary>What a person said of an output in review. A pick goes on and a reject does not; what nobody judged goes on unless the approval leaves it out.</summary>
public enum Verdict
{
    Unset,
    Pick,
    Reject,
}

/// <summary>How input images and prompts meet.</summary>
public enum Combine
{
    /// <summary>Every image with every prompt.</summary>
    All,

    /// <summary>The first with the first, and so on; equal lengths, or one side of one.</summary>
    Paired,
}

public enum ItemStatus
{
    Queued,
    Dispatched,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}
