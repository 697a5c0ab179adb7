using System.Globalization;
using System.Text.Json;
using Contracts.Generation;
using Providers.Http;

namespace Providers.OpenAi;

/// <summary>
/// What an answer of OpenAI that is no success means. Told by status, code and type alone: texts change, and they may repeat what the user wrote, so none of them is passed on. The
/// call makes and sells the picture at once, so a failure of the server is an unknown fate unless it says that it did not begin. Sources: OpenAI's page on errors, and live answers
/// that its users quote. Pure.
/// </summary>
internal static class OpenAiFailures
{
    private const string Where = "OpenAI's usage page";

    /// <summary>The answer to a request for a picture.</summary>
    public static ItemFailure OfImage(VendorAnswer answer)
    {
        var error = Error.Of(answer.Json);
        return (int)answer.Status switch
        {
            < 500 when IsMoney(error.Code) || IsMoney(error.Type) => new ItemFailure(
                FailureKind.Unauthorized, "OpenAI refuses the account: it has no balance left, or has reached a limit of its own. Put it right at platform.openai.com, then go on."),
            400 when error.Code is "moderation_blocked" or "content_policy_violation" => new ItemFailure(
                FailureKind.ContentRefused, "The model's safety check refused the prompt or the picture. Change the prompt or use another picture."),
            401 => new ItemFailure(FailureKind.Unauthorized, "OpenAI does not accept the key. Check it under Settings, Providers, or in OPENAI_API_KEY, then go on."),
            402 or 403 => new ItemFailure(
                FailureKind.Unauthorized, "OpenAI refuses the account: its organization is not verified, may not use this model, or not from here. Put it right at platform.openai.com, then go on."),
            404 when error.Code == "model_not_found" => new ItemFailure(FailureKind.InvalidRequest, "OpenAI does not know this model any more. Choose another one."),
            404 => new ItemFailure(FailureKind.InvalidRequest, "OpenAI does not know what was asked for. Check OpenAI:BaseUrl, or choose another model."),
            413 => new ItemFailure(FailureKind.InvalidRequest, "The picture is too large for OpenAI. Use a smaller one."),
            429 => new ItemFailure(FailureKind.RateLimited, "OpenAI asks to wait.", answer.RetryAfter),

            // Whether these were begun is not said.
            408 or 409 => Unknown(answer),
            >= 400 and < 500 => Invalid(error, answer),
            503 when error.Code is "server_is_overloaded" or "slow_down" => new ItemFailure(
                FailureKind.ProviderDown, "OpenAI has no room for the request now; nothing was made.", answer.RetryAfter),
            503 or 521 or 522 or 523 or 525 or 526 when IsEdge(answer) => new ItemFailure(
                FailureKind.ProviderDown, "OpenAI is not reachable now; nothing was asked for.", answer.RetryAfter),
            _ => Unknown(answer),
        };
    }

    /// <summary>It may have been bought.</summary>
    public static ItemFailure Unknown(string what) => VendorSubmit.Unknown(what, Where);

    /// <summary>A success without a picture that can be used.</summary>
    /// <param name="why">After "OpenAI answered, but", without a full stop.</param>
    public static ItemFailure Lost(string why) => new(
        FailureKind.OutcomeUnknown, $"OpenAI answered, but {why}. It has probably been paid for, so it is not made again by itself; look at {Where}, then retry.");

    private static ItemFailure Unknown(VendorAnswer answer) => Unknown($"OpenAI answered {(int)answer.Status} to a request.");

    private static bool IsMoney(string? word) => word is "insufficient_quota" or "billing_hard_limit_reached" or "billing_limit_user_error" or "billing_not_active"
        or "credit_balance_exhausted" or "organization_spend_limit_exceeded" or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded";

    // A page of the servers before OpenAI's own, which number every request. The numbers from 520 are theirs; of those, 520 and 524 come after the request was passed on.
    private static bool IsEdge(VendorAnswer answer) => answer.Json is null && answer.Header("x-request-id") is null && answer.Text.AsSpan().TrimStart().StartsWith("<");

    private static ItemFailure Invalid(Error error, VendorAnswer answer)
    {
        var reason = Safe(error.Code ?? error.Type ?? ((int)answer.Status).ToString(CultureInfo.InvariantCulture));
        return new ItemFailure(FailureKind.InvalidRequest, error.Param?.Split('[')[0] switch
        {
            "prompt" when error.Code == "string_above_max_length" => "The prompt is too long for this model. Shorten it.",
            "prompt" => $"OpenAI does not take the prompt ({reason}). Say it in another way.",
            "image" => $"OpenAI cannot use the picture ({reason}). Save it as PNG or JPEG and try again.",
            "model" or "size" or "quality" or "n" or "input_fidelity" or "output_format" => $"OpenAI does not take the setting {error.Param!.Split('[')[0]} ({reason}). Try another model or other settings.",
            _ => $"OpenAI does not take the request ({reason}). Try another model or other settings.",
        });
    }

    // A vendor's word in our sentence: letters, digits and little of it.
    private static string Safe(string word) => new([.. word.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-').Take(40)]);

    /// <summary>What an error says of itself, but for its text.</summary>
    private readonly record struct Error(string? Type, string? Code, string? Param)
    {
        public static Error Of(JsonElement? json) =>
            json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? new Error(Text(error, "type"), Text(error, "code"), Text(error, "param"))
                : default;

        private static string? Text(JsonElement owner, string name) =>
            owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
    }
}
