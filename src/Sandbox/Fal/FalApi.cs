using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Sandbox.Jobs;

namespace Sandbox.Fal;

/// <summary>The queue's HTTP: a submit to the whole id, everything else at owner and app.</summary>
internal static class FalApi
{
    private const string TagsHeader = "X-Fal-Tags";

    public static void MapFalQueue(this IEndpointRouteBuilder app)
    {
        app.MapGet("/{owner}/{app}/requests/{id}/status", (string owner, string app, string id, HttpContext context, JobQueue queue, IOptions<SandboxOptions> options) =>
            Guarded(context, options, () => Status(queue, $"{owner}/{app}", id, Logs(context))));
        app.MapGet("/{owner}/{app}/requests/{id}/status/stream", StreamAsync);
        app.MapGet("/{owner}/{app}/requests/{id}", (string owner, string app, string id, HttpContext context, JobQueue queue, IOptions<SandboxOptions> options) =>
            Guarded(context, options, () => Result(context, queue, $"{owner}/{app}", id)));
        app.MapGet("/{owner}/{app}/requests/{id}/response", (string owner, string app, string id, HttpContext context, JobQueue queue, IOptions<SandboxOptions> options) =>
            Guarded(context, options, () => Result(context, queue, $"{owner}/{app}", id)));
        app.MapPut("/{owner}/{app}/requests/{id}/cancel", (string owner, string app, string id, HttpContext context, JobQueue queue, IOptions<SandboxOptions> options) =>
            Guarded(context, options, () => Cancel(queue, $"{owner}/{app}", id)));
        app.MapPost("/{owner}/{app}/{**path}", SubmitAsync);
    }

    private static async Task SubmitAsync(
        string owner, string app, string? path, HttpContext context, JobQueue queue, Faults faults, ModelCatalog catalog, IOptions<SandboxOptions> options, TimeProvider time)
    {
        var endpoint = path is null ? $"{owner}/{app}" : $"{owner}/{app}/{path}";
        var (answer, job) = FalAccess.Allows(context, options.Value) ? await TakeAsync(endpoint, context, faults, catalog, time) : (FalAccess.Refusal, null);
        await Submits.AnswerAsync(context, queue, time, job, () => Task.FromResult(answer));
    }

    private static async Task<(IResult Answer, FalJob? Job)> TakeAsync(string endpoint, HttpContext context, Faults faults, ModelCatalog catalog, TimeProvider time)
    {
        if (catalog.All.FirstOrDefault(model => model.Wire?.Endpoint == endpoint) is not { } model)
        {
            return (Results.Json(new { detail = $"Application '{endpoint}' not found" }, statusCode: StatusCodes.Status404NotFound), null);
        }

        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        if (body is null)
        {
            return (Results.Json(new { detail = "The body is not a JSON object" }, statusCode: StatusCodes.Status400BadRequest), null);
        }

        var job = new FalJob(Guid.NewGuid().ToString(), model, body, Here.Of(context), JobTag(context), Fault.None, time.GetUtcNow())
        {
            Callback = JobCallbacks.Address(context.Request.Query["fal_webhook"].ToString()),
        };
        job = job with { Fault = faults.Next(job.Prompt) };
        switch (job.Fault)
        {
            case Fault.RateLimit:
                context.Response.Headers.RetryAfter = "1";
                context.Response.Headers["X-Fal-Needs-Retry"] = "1";
                return (Results.Json(new { detail = "Concurrent requests limit exceeded", error_type = "concurrent_requests_limit" }, statusCode: StatusCodes.Status429TooManyRequests), null);
            case Fault.Ingress:
                return (Results.Content(Submits.NginxPage, "text/html", statusCode: StatusCodes.Status503ServiceUnavailable), null);
            case Fault.Balance:
                return (Results.Json(new { detail = "User is locked. Reason: Exhausted balance." }, statusCode: StatusCodes.Status403Forbidden), null);
            default:
                context.Response.Headers["x-fal-request-id"] = job.Id;
                return (Results.Json(Addresses(job, new JsonObject { ["status"] = "IN_QUEUE" }, position: 0)), job);
        }
    }

    private static IResult Status(JobQueue queue, string app, string id, bool logs)
    {
        if (Find(queue, app, id) is not var (job, position))
        {
            return NotFound;
        }

        var body = StatusBody(job, position, logs);
        return Results.Json(body, statusCode: job.State == JobState.Completed ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static JsonObject StatusBody(FalJob job, int position, bool logs)
    {
        var body = new JsonObject { ["status"] = job.State switch { JobState.InQueue => "IN_QUEUE", JobState.InProgress => "IN_PROGRESS", _ => "COMPLETED" } };
        Addresses(job, body, job.State == JobState.InQueue ? position : null);
        body["logs"] = logs && job.StartedAt is { } started
            ? new JsonArray(new JsonObject { ["message"] = "Rendering", ["timestamp"] = started.ToString("O", CultureInfo.InvariantCulture), ["level"] = "INFO", ["source"] = "USER" })
            : null;
        body["metrics"] = job is { EndedAt: { } ended, StartedAt: { } begun } ? new JsonObject { ["inference_time"] = Math.Round((ended - begun).TotalSeconds, 3) } : [];

        // A model's own error stands in the result alone; what is the queue's stands here, too.
        if (job.Answer() is ( >= 400, { } failed) && failed["error_type"] is { } type)
        {
            body["error"] = failed["detail"]!.DeepClone();
            body["error_type"] = type.DeepClone();
        }

        return body;
    }

    private static IResult Result(HttpContext context, JobQueue queue, string app, string id)
    {
        if (Find(queue, app, id) is not var (job, _))
        {
            return NotFound;
        }

        if (job.Answer() is not var (status, body))
        {
            return Results.Json(new { detail = "Request is still in progress" }, statusCode: StatusCodes.Status400BadRequest);
        }

        context.Response.Headers["x-fal-request-id"] = job.Id;
        context.Response.Headers["X-Fal-Billable-Units"] = job.Outcome!.Units.ToString(CultureInfo.InvariantCulture);
        return job.Fault == Fault.NotJson
            ? Results.Content("<html><body>It is not JSON.</body></html>", "text/html")
            : Results.Json(body, statusCode: status);
    }

    private static IResult Cancel(JobQueue queue, string app, string id) => (queue.Find(id) is ({ } job, _) && job is FalJob fal && fal.App == app ? queue.Cancel(id) : null) switch
    {
        null => NotFound,
        JobState.InQueue => Results.Json(new { status = "OK" }),
        JobState.InProgress => Results.Json(new { status = "CANCELLATION_REQUESTED" }, statusCode: StatusCodes.Status202Accepted),
        _ => Results.Json(new { status = "ALREADY_COMPLETED" }, statusCode: StatusCodes.Status400BadRequest),
    };

    /// <summary>Null when there is no such job of this app, or its result has expired.</summary>
    private static (FalJob Job, int Position)? Find(JobQueue queue, string app, string id) =>
        queue.Find(id) is ({ } found, var position) && found is FalJob job && job.App == app && !queue.IsExpired(job) ? (job, position) : null;

    /// <summary>The states as server-sent events, until the last.</summary>
    private static async Task StreamAsync(string owner, string app, string id, HttpContext context, JobQueue queue, IOptions<SandboxOptions> options, TimeProvider time)
    {
        if (!FalAccess.Allows(context, options.Value))
        {
            await FalAccess.Refusal.ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        var last = string.Empty;
        while (Find(queue, $"{owner}/{app}", id) is var (job, position))
        {
            var now = StatusBody(job, position, Logs(context)).ToJsonString();
            if (now != last)
            {
                last = now;
                await context.Response.WriteAsync($"data: {now}\n\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            if (job.State == JobState.Completed)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), time, context.RequestAborted);
        }
    }

    private static JsonObject Addresses(FalJob job, JsonObject body, int? position)
    {
        var at = $"{job.Base}{job.App}/requests/{job.Id}";
        body["request_id"] = job.Id;
        body["response_url"] = at;
        body["status_url"] = at + "/status";
        body["cancel_url"] = at + "/cancel";
        if (position is { } place)
        {
            body["queue_position"] = place;
        }

        return body;
    }

    private static IResult Guarded(HttpContext context, IOptions<SandboxOptions> options, Func<IResult> answer) =>
        FalAccess.Allows(context, options.Value) ? answer() : FalAccess.Refusal;

    private static string JobTag(HttpContext context) => context.Request.Headers[TagsHeader].ToString().Split(',')
        .Select(tag => tag.Split('=', 2)).FirstOrDefault(pair => pair is ["job", _])?[1] ?? "";

    private static bool Logs(HttpContext context) => context.Request.Query["logs"].ToString() is "1" or "true";

    private static IResult NotFound { get; } = Results.Json(new { status = "NOT_FOUND" }, statusCode: StatusCodes.Status404NotFound);
}
