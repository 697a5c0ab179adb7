using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Grpc;

namespace ServiceDefaults.Problems;

/// <summary>Errors look the same in every environment: a problem document with a trace id, never a stack trace.</summary>
internal static class ProblemRegistration
{
    public static void AddPipelineProblems(this IServiceCollection services)
    {
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var details = context.ProblemDetails;
            if (details.Type?.StartsWith("/problems/", StringComparison.Ordinal) != true)
            {
                var known = ForStatus(context.HttpContext.Response.StatusCode);
                details.Type = known.Type;
                details.Title = known.Title;
                details.Detail ??= known.Detail;
            }

            details.Extensions.Remove("traceId");
            details.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
        });
        services.AddExceptionHandler<ProblemExceptionHandler>();
    }

    public static void UsePipelineProblems(this WebApplication app)
    {
        // The handler answers what it knows; anything else becomes a plain 500 problem.
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => context.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService });
        app.UseStatusCodePages();
    }

    /// <summary>What a bare status means, for answers that no endpoint worded and for the API's description.</summary>
    internal static ProblemDetails ForStatus(int status) => status switch
    {
        400 => Problem.Details(400, "unreadable", "The request cannot be read.", "Check the address, the query and the body."),
        401 => Problem.Details(401, "unauthenticated", "Sign in first.", "Send an API key as 'Authorization: Bearer <key>', or sign in on the page."),
        403 => Problem.Details(403, "forbidden", "Not allowed.", "The key does not have the scope for this call."),
        404 => Problem.Details(404, "not-found", "Not found.", "There is nothing at this address."),
        405 => Problem.Details(405, "method-not-allowed", "Method not allowed.", "This address takes another method."),
        409 => Problem.Details(409, "conflict", "Not possible in this state.", "It is not in a state in which this can be done."),
        412 => Problem.Details(412, "stale", "It changed meanwhile.", "Read it again and repeat the change."),
        413 => Problem.Details(413, "too-large", "Too large.", "The request is larger than this address takes."),
        415 => Problem.Details(415, "unsupported-media-type", "Unsupported content type.", "Send application/json, or multipart/form-data for uploads."),
        422 => Problem.Details(422, "validation", "Some of the input cannot be accepted.", "1 thing to fix; see errors."),
        429 => Problem.Details(429, "rate-limited", "Too many requests.", "Wait for the time in Retry-After, then go on."),
        502 or 503 or 504 => Problem.Details(status, "unavailable", "Not available right now.", "A part of the system cannot be reached. Try again shortly."),
        _ => Problem.Details(status, "internal", "Something went wrong on our side.", "Nothing was changed. Try again; if it stays, report the trace_id."),
    };

    private sealed class ProblemExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (Translate(exception) is not { } details)
            {
                return false;
            }

            httpContext.Response.StatusCode = details.Status ?? 500;
            if (details.Status == 503)
            {
                httpContext.Response.Headers.RetryAfter = "2";
            }

            return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = details, Exception = exception });
        }

        private static ProblemDetails? Translate(Exception exception)
        {
            switch (exception)
            {
                case BadHttpRequestException { InnerException: JsonException json }:
                    return Unreadable(json);
                case JsonException json:
                    return Unreadable(json);
                case BadHttpRequestException { StatusCode: 401 or 413 or 415 } bad:
                    return ForStatus(bad.StatusCode);
                case BadHttpRequestException bad:
                    return Problem.Details(bad.StatusCode, "unreadable", "The request cannot be read.", Plain(bad.Message));
                case NpgsqlException { IsTransient: true }:
                case TimeoutException:
                case GrpcException { Code: StatusCode.Unavailable or StatusCode.DeadlineExceeded }:
                    return ForStatus(503);
                default:
                    return exception.InnerException is NpgsqlException { IsTransient: true } ? ForStatus(503) : null;
            }
        }

        private static ProblemDetails Unreadable(JsonException json)
        {
            var pointer = JsonPointer.FromPath(json.Path);
            var where = json.LineNumber is { } line ? $" (line {line + 1}, byte {json.BytePositionInLine + 1})" : string.Empty;
            var message = json.Path is { Length: > 1 }
                ? $"The value has the wrong type or is not allowed here{where}."
                : $"The body is not valid JSON{where}.";
            var details = Problem.Details(400, "unreadable", "The request cannot be read.", message);
            details.Extensions["errors"] = new Dictionary<string, string[]> { [pointer] = [message] };
            return details;
        }

        // Framework texts quote C# parameter lists ("string? cursor"); people know the name only.
        private static string Plain(string message)
        {
            var start = message.IndexOf('"', StringComparison.Ordinal);
            var end = start < 0 ? -1 : message.IndexOf('"', start + 1);
            if (end < 0)
            {
                return message;
            }

            var name = message[(start + 1)..end].Split(' ')[^1];
            return message.Contains("Failed to bind", StringComparison.Ordinal)
                ? $"The value of '{name}' cannot be read."
                : $"'{name}' is required.";
        }
    }
}
