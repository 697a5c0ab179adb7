using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ServiceDefaults.Problems;

/// <summary>Problem documents (RFC 9457) in the product's words. <c>type</c> is a stable path; <c>trace_id</c> is added on the way out.</summary>
public static class Problem
{
    /// <summary>422: every broken rule at once, keyed by JSON pointer.</summary>
    public static ProblemHttpResult Validation(IReadOnlyDictionary<string, string[]> errors) => Make(
        422, "validation", "Some of the input cannot be accepted.", Count(errors), ("errors", errors));

    public static ProblemHttpResult Validation(string pointer, string message) =>
        Validation(new Dictionary<string, string[]> { [pointer] = [message] });

    /// <summary>400: the request cannot be read.</summary>
    public static ProblemHttpResult Unreadable(string detail, string? pointer = null) => pointer is null
        ? Make(400, "unreadable", "The request cannot be read.", detail)
        : Make(400, "unreadable", "The request cannot be read.", detail, ("errors", new Dictionary<string, string[]> { [pointer] = [detail] }));

    /// <summary>404, also for what belongs to another tenant.</summary>
    public static ProblemHttpResult NotFound(string what) => Make(404, "not-found", "Not found.", $"There is no such {what}.");

    /// <summary>409: not in this state.</summary>
    public static ProblemHttpResult Conflict(string detail, string type = "conflict") => Make(409, type, "Not possible in this state.", detail);

    /// <summary>412: the version in If-Match is not the current one.</summary>
    public static ProblemHttpResult Stale(long current) => Make(
        412, "stale", "It changed meanwhile.", $"The current version is {current}. Read it again and repeat the change.", ("version", current));

    /// <summary>A 401, 403, 413, 415, 429 or 503 with a stable type.</summary>
    public static ProblemHttpResult Other(int status, string type, string title, string detail) => Make(status, type, title, detail);

    public static ProblemDetails Details(int status, string type, string title, string detail) => new()
    {
        Status = status,
        Type = "/problems/" + type,
        Title = title,
        Detail = detail,
    };

    private static string Count(IReadOnlyDictionary<string, string[]> errors)
    {
        var count = errors.Values.Sum(messages => messages.Length);
        return count == 1 ? "1 thing to fix; see errors." : $"{count} things to fix; see errors.";
    }

    private static ProblemHttpResult Make(int status, string type, string title, string detail, params (string Key, object Value)[] more)
    {
        var details = Details(status, type, title, detail);
        foreach (var (key, value) in more)
        {
            details.Extensions[key] = value;
        }

        return TypedResults.Problem(details);
    }
}
