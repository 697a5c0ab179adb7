namespace Contracts.Generation;

/// <summary>Why an item failed; in JSON the snake_case of the name is the error's <c>code</c>.</summary>
public enum FailureKind
{
    /// <summary>The provider says the request is wrong. Not retried.</summary>
    InvalidRequest,

    /// <summary>A safety filter refused the prompt or the picture. Not retried.</summary>
    ContentRefused,

    /// <summary>The key is missing, wrong or without balance. Not retried; the pipeline pauses with reason <c>account</c>.</summary>
    Unauthorized,

    /// <summary>Too many requests. Retried after the time asked for, without counting as an attempt.</summary>
    RateLimited,

    /// <summary>The provider did not finish in time, and says so. Retried.</summary>
    TimedOut,

    /// <summary>The provider failed or cannot be reached before it accepted anything. Retried.</summary>
    ProviderDown,

    /// <summary>The answer was unreadable or held no media. Retried.</summary>
    BadResponse,

    /// <summary>The submit's fate is unknown, so it may have been bought: shown and reconciled, never sent again by itself.</summary>
    OutcomeUnknown,

    /// <summary>The source picture is gone or unreadable. Not retried.</summary>
    SourceMissing,

    /// <summary>The item brought its worker down too often. Not retried.</summary>
    CrashLoop,

    /// <summary>The run was cancelled while the item was in flight.</summary>
    Cancelled,

    /// <summary>A fault of ours. Retried.</summary>
    Internal,
}

/// <summary>The only retry table.</summary>
public static class FailureKinds
{
    public static bool IsRetryable(this FailureKind kind) => kind is FailureKind.RateLimited or FailureKind.TimedOut
        or FailureKind.ProviderDown or FailureKind.BadResponse or FailureKind.Internal;
}
