using System.Globalization;
using System.Net;
using System.Text.Json;
using Contracts.Generation;
using Providers.Http;

namespace Providers.Fal;

/// <summary>
/// What an answer of fal that is no success means. Told by status and type alone: texts change, and they may repeat what the user wrote, so none of them is
/// passed on. Sources: fal's pages on model errors and request errors. Pure.
/// </summary>
internal static class FalFailures
{
    /// <summary>A failure of the model, or of the machines it runs on: the answer to the question for a result.</summary>
    public static ItemFailure OfResult(FalAnswer answer)
    {
        var (type, context) = Reason(answer);
        return Known(type, context) ?? OfStatus(answer);
    }

    /// <summary>The answer to a submit. What surely was not accepted may be sent again; anything else that failed may have been bought.</summary>
    public static ItemFailure OfSubmit(FalAnswer answer) => (int)answer.Status switch
    {
        // Whether these were taken is not said.
        408 or 409 or 499 => Unknown($"fal answered {(int)answer.Status} to a request."),
        >= 400 and < 500 => OfStatus(answer),
        502 or 503 when answer.RequestId is null && answer.FromIngress => new ItemFailure(FailureKind.ProviderDown, "fal is not reachable now; nothing was asked for.", answer.RetryAfter),
        _ => Unknown($"fal answered {(int)answer.Status} to a request."),
    };

    /// <summary>Of the error that a finished job states beside its state.</summary>
    public static ItemFailure? OfType(string? type) => type is null ? null : Known(type, default) ?? new ItemFailure(FailureKind.ProviderDown, $"fal could not do it ({Safe(type)}).");

    /// <summary>It may have been bought.</summary>
    public static ItemFailure Unknown(string what) => VendorSubmit.Unknown(what, "fal's request history");

    private static ItemFailure OfStatus(FalAnswer answer) => (int)answer.Status switch
    {
        401 => new ItemFailure(FailureKind.Unauthorized, "fal does not accept the key. Check it under Settings, Providers, or in FAL_KEY, then go on."),
        402 or 403 => new ItemFailure(FailureKind.Unauthorized, "fal refuses the account: it is locked, has no balance left or may not use this model. Put it right at fal.ai, then go on."),
        404 => new ItemFailure(FailureKind.InvalidRequest, "fal does not know this model any more. Choose another one."),
        408 or 504 => new ItemFailure(FailureKind.TimedOut, "fal did not finish in time."),
        409 or 429 => new ItemFailure(FailureKind.RateLimited, "fal asks to wait.", answer.RetryAfter),
        413 => new ItemFailure(FailureKind.InvalidRequest, "The picture is too large for fal. Use a smaller one."),
        499 => new ItemFailure(FailureKind.Cancelled, "It was cancelled at fal."),
        >= 500 => new ItemFailure(FailureKind.ProviderDown, $"fal failed ({(int)answer.Status}).", answer.RetryAfter),
        _ => new ItemFailure(FailureKind.InvalidRequest, $"fal does not take the request ({Where(answer)}). Try another model or other settings."),
    };

    private static ItemFailure? Known(string? type, JsonElement context) => type switch
    {
        "content_policy_violation" => new ItemFailure(FailureKind.ContentRefused, "The model's safety check refused the prompt or the picture. Change the prompt or use another picture."),
        "no_media_generated" => new ItemFailure(FailureKind.InvalidRequest, "The model made nothing of this prompt. Say it in another way."),
        "image_too_small" => new ItemFailure(FailureKind.InvalidRequest, $"The picture is too small for this model{Limit(context, "min_width", "min_height")}. Use a larger one."),
        "image_too_large" => new ItemFailure(FailureKind.InvalidRequest, $"The picture is too large for this model{Limit(context, "max_width", "max_height")}. Use a smaller one."),
        "image_load_error" or "unsupported_image_format" => new ItemFailure(FailureKind.InvalidRequest, "The model cannot read the picture. Save it as PNG or JPEG and try again."),
        "face_detection_error" => new ItemFailure(FailureKind.InvalidRequest, "The model finds no face in the picture. Use one that shows it clearly."),
        "file_too_large" => new ItemFailure(FailureKind.InvalidRequest, "The picture is too large for this model. Use a smaller one."),
        "feature_not_supported" => new ItemFailure(FailureKind.InvalidRequest, "The model does not support one of the settings. Choose others."),
        "file_download_error" => new ItemFailure(FailureKind.BadResponse, "fal could not read the uploaded picture; it is uploaded again."),
        "internal_server_error" or "internal_error" => new ItemFailure(FailureKind.ProviderDown, "The model failed at fal."),
        "downstream_service_error" or "downstream_service_unavailable" => new ItemFailure(FailureKind.ProviderDown, "The maker of the model is not reachable for fal."),
        "generation_timeout" or "request_timeout" or "startup_timeout" => new ItemFailure(FailureKind.TimedOut, "The model did not finish in time at fal."),
        "runner_scheduling_failure" or "runner_connection_timeout" or "runner_disconnected" or "runner_connection_refused" or "runner_connection_error"
            or "runner_incomplete_response" or "runner_server_error" => new ItemFailure(FailureKind.ProviderDown, "The machine that made it at fal failed."),
        "client_disconnected" or "client_cancelled" => new ItemFailure(FailureKind.Cancelled, "It was cancelled at fal."),
        _ => null,
    };

    /// <summary>Type and limits of a model's error, or of an infrastructure's.</summary>
    private static (string? Type, JsonElement Context) Reason(FalAnswer answer)
    {
        if (answer.Json is { ValueKind: JsonValueKind.Object } body)
        {
            if (body.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Array && detail.GetArrayLength() > 0 && detail[0].ValueKind == JsonValueKind.Object)
            {
                return (Text(detail[0], "type"), detail[0].TryGetProperty("ctx", out var context) ? context : default);
            }

            if (Text(body, "error_type") is { } type)
            {
                return (type, default);
            }
        }

        return (answer.ErrorType, default);
    }

    /// <summary>The field it is about and the kind of fault: never what was in it.</summary>
    private static string Where(FalAnswer answer)
    {
        var type = Safe(Reason(answer).Type ?? ((int)answer.Status).ToString(CultureInfo.InvariantCulture));
        if (answer.Json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.Array && detail.GetArrayLength() > 0
            && detail[0].ValueKind == JsonValueKind.Object && detail[0].TryGetProperty("loc", out var place) && place.ValueKind == JsonValueKind.Array)
        {
            var path = string.Join('.', place.EnumerateArray().Skip(1).Take(4).Select(part => Safe(part.ToString())));
            return path.Length > 0 ? $"{path}: {type}" : type;
        }

        return type;
    }

    private static string Limit(JsonElement context, string width, string height) =>
        context.ValueKind == JsonValueKind.Object && context.TryGetProperty(width, out var w) && context.TryGetProperty(height, out var h)
            && w.TryGetInt32(out var pixelsWide) && h.TryGetInt32(out var pixelsHigh)
            ? $" (the limit is {pixelsWide} × {pixelsHigh} pixels)"
            : string.Empty;

    // A vendor's word in our sentence: letters, digits and little of it.
    private static string Safe(string word) => new([.. word.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-').Take(40)]);

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One answer of fal, read.</summary>
/// <param name="Json">Null when the body is not JSON.</param>
/// <param name="FromIngress">The body is a web server's own page, so the request did not get past it.</param>
/// <param name="RequestId">As in <c>x-fal-request-id</c>.</param>
/// <param name="ErrorType">As in <c>X-Fal-Error-Type</c>.</param>
/// <param name="BillableUnits">As in <c>X-Fal-Billable-Units</c>.</param>
internal sealed record FalAnswer(
    HttpStatusCode Status, JsonElement? Json, bool FromIngress, string? RequestId = null, string? ErrorType = null, TimeSpan? RetryAfter = null, decimal? BillableUnits = null)
{
    public bool Ok => (int)Status is >= 200 and < 300;
}
