using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Contracts.Generation;
using Providers.Http;

namespace Providers.Replicate;

/// <summary>
/// What an answer of Replicate that is no success means. Told by status, by the machine-readable fields of a validation error, and by the code at the end of a
/// prediction's error: texts change, and they may repeat what the user wrote, so none of them is passed on. Pure.
/// </summary>
internal static partial class ReplicateFailures
{
    private const int MostOfAnEnd = 100;

    /// <summary>
    /// The answer to a submit. 429 is the one refusal after which it is sent again by itself. A refused request (any other 4xx) was not bought, and would be refused again. Replicate
    /// stands behind a proxy whose own errors look like its own, so every 5xx may have been bought.
    /// </summary>
    public static ItemFailure OfSubmit(ReplicateAnswer answer) => (int)answer.Status switch
    {
        408 or 409 or 499 => Unknown($"Replicate answered {(int)answer.Status} to a request."),
        >= 400 and < 500 => OfStatus(answer),
        _ => Unknown($"Replicate answered {(int)answer.Status} to a request."),
    };

    /// <summary>The answer to an upload: nothing is bought by one.</summary>
    public static ItemFailure OfUpload(ReplicateAnswer answer) => OfStatus(answer);

    /// <summary>
    /// A prediction that ended as <c>failed</c>. Its error is a text; what can be relied on is a code in parentheses at its end, which the makers of Replicate's official models and its
    /// own machines put there. Without a known code nothing tells bad input from a bad day, so it is a bad response: that is tried again, but not often, and what fails is not charged
    /// for there.
    /// </summary>
    public static ItemFailure OfPrediction(string? error) => Code(error) switch
    {
        "E003" => new ItemFailure(FailureKind.ProviderDown, "The model has too much to do at Replicate."),
        "E004" => new ItemFailure(FailureKind.ProviderDown, "The maker of the model is not reachable for Replicate."),
        "E005" => new ItemFailure(FailureKind.ContentRefused, "The model's safety check refused the prompt or the picture. Change the prompt or use another picture."),
        "E006" => new ItemFailure(FailureKind.InvalidRequest, "The model does not take the prompt or the picture. Change the prompt or use another picture."),
        "E1001" => new ItemFailure(FailureKind.InvalidRequest, "The model ran out of memory, as it does with pictures that are too large. Use a smaller one."),
        "E6716" => new ItemFailure(FailureKind.TimedOut, "The model did not begin in time at Replicate."),
        _ => new ItemFailure(FailureKind.BadResponse, "The model failed at Replicate without a reason that can be relied on."),
    };

    /// <summary>It may have been bought.</summary>
    public static ItemFailure Unknown(string what) => VendorSubmit.Unknown(what, "the predictions at replicate.com");

    private static ItemFailure OfStatus(ReplicateAnswer answer) => (int)answer.Status switch
    {
        401 => new ItemFailure(FailureKind.Unauthorized, "Replicate does not accept the token. Check it under Settings, Providers, or in REPLICATE_API_TOKEN, then go on."),
        402 => new ItemFailure(FailureKind.Unauthorized, "Replicate has no credit left for this account. Add some at replicate.com, then go on."),
        403 => new ItemFailure(FailureKind.Unauthorized, "Replicate refuses the account: it may not use this model. Put it right at replicate.com, then go on."),
        404 => new ItemFailure(FailureKind.InvalidRequest, "Replicate does not know this model any more. Choose another one."),
        413 => new ItemFailure(FailureKind.InvalidRequest, "The picture is too large for Replicate. Use a smaller one."),
        429 => new ItemFailure(FailureKind.RateLimited, "Replicate asks to wait.", answer.RetryAfter ?? RetryAfter(answer)),
        >= 400 and < 500 => new ItemFailure(FailureKind.InvalidRequest, $"Replicate does not take the request ({Where(answer)}). Try another model or other settings."),
        _ => new ItemFailure(FailureKind.ProviderDown, $"Replicate failed ({(int)answer.Status})."),
    };

    /// <summary>The body states the wait, too, in seconds.</summary>
    private static TimeSpan? RetryAfter(ReplicateAnswer answer) =>
        answer.Value("retry_after") is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var seconds) && seconds is > 0 and < 1e6
            ? VendorHttp.Believed(TimeSpan.FromSeconds(seconds))
            : null;

    /// <summary>The field it is about and the kind of fault: never what was in it.</summary>
    private static string Where(ReplicateAnswer answer)
    {
        if (answer.Value("invalid_fields") is { ValueKind: JsonValueKind.Array } fields && fields.GetArrayLength() > 0 && fields[0].ValueKind == JsonValueKind.Object)
        {
            var words = new[] { "field", "type" }
                .Select(name => fields[0].TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Safe(value.GetString()!) : string.Empty)
                .Where(word => word.Length > 0);
            if (string.Join(": ", words) is { Length: > 0 } where)
            {
                return where;
            }
        }

        return ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
    }

    private static string? Code(string? error) => error is not null && AtTheEnd().Match(error[Math.Max(0, error.Length - MostOfAnEnd)..]) is { Success: true } match ? match.Groups[1].Value : null;

    // A vendor's word in our sentence: letters, digits and little of it.
    private static string Safe(string word) => new([.. word.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.').Take(40)]);

    // "… (E005)", or with an id of the maker's behind it: "… (E005) (uIJ6l3ruRD)".
    [GeneratedRegex(@"\((E[0-9]{3,4})\)(?: \([A-Za-z0-9]{1,32}\))?\.?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex AtTheEnd();
}
