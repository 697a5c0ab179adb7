using Contracts.Generation;

namespace Providers.Prompts;

/// <summary>
/// What a text vendor's refusal means, told by status and code alone: its texts may repeat what the user wrote. Asking for text again is safe, so nothing is an
/// unknown outcome. Pure.
/// </summary>
internal static class TextFailures
{
    public static ItemFailure Refused { get; } = new(FailureKind.ContentRefused, "The text model refused the prompt. Say it in another way, or use the prompt as it is.");

    /// <param name="vendor">For people, for example <c>Anthropic</c>.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">The vendor's own code, where it gave one.</param>
    public static ItemFailure Of(string vendor, int status, string? code, TimeSpan? retryAfter) => (status, code) switch
    {
        (429, "insufficient_quota") => new ItemFailure(FailureKind.Unauthorized, $"{vendor}'s account has no balance left. Put it right there, then go on."),
        (_, "content_filter" or "content_policy_violation" or "moderation_blocked") => Refused,
        (401, _) => new ItemFailure(FailureKind.Unauthorized, $"{vendor} does not accept the key. Check it under Settings, Providers, or in the environment, then go on."),
        (402 or 403, _) => new ItemFailure(FailureKind.Unauthorized, $"{vendor} refuses the account: no balance, or this model is not allowed for it. Put it right there, then go on."),
        (404, _) => new ItemFailure(FailureKind.InvalidRequest, $"{vendor} does not know the text model that is set up. Set another one, or use the provider local."),
        (408 or 504, _) => new ItemFailure(FailureKind.TimedOut, $"{vendor} did not finish in time.", retryAfter),
        (409 or 429, _) => new ItemFailure(FailureKind.RateLimited, $"{vendor} asks to wait.", retryAfter),
        (413, _) => new ItemFailure(FailureKind.InvalidRequest, $"The prompt or the picture is too large for {vendor}."),
        ( >= 500, _) => new ItemFailure(FailureKind.ProviderDown, $"{vendor} failed ({status}).", retryAfter),
        _ => new ItemFailure(FailureKind.InvalidRequest, $"{vendor} does not take the request ({status}). Use the provider local, or another text model."),
    };

    public static ItemFailure Unreachable(string vendor) => new(FailureKind.ProviderDown, $"{vendor} could not be reached.");

    public static ItemFailure TooLate(string vendor, TimeSpan limit) => new(FailureKind.TimedOut, $"{vendor} did not answer within {limit.TotalSeconds:0} seconds.");

    public static ItemFailure Unreadable(string vendor) => new(FailureKind.BadResponse, $"{vendor}'s answer cannot be read.");
}
