using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Providers.Catalog;
using Sandbox.Jobs;

namespace Sandbox.Replicate;

/// <summary>Replicate's HTTP API, as far as official models need it: create, look, cancel, files. All of it is below <c>/v1</c>, where no owner of fal's is.</summary>
internal static class ReplicateApi
{
    private const string JobHeader = "X-Pipeline-Job";
    private const int LongestWait = 60;

    public static void MapReplicate(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/v1").AddEndpointFilter(async (call, next) =>
            Here.Allows(call.HttpContext, "Bearer " + call.HttpContext.RequestServices.GetRequiredService<IOptions<SandboxOptions>>().Value.ReplicateToken)
                ? await next(call)
                : Problem(401, "You did not pass a valid authentication token", "Unauthenticated"));
        api.MapPost("/models/{owner}/{name}/predictions", (string owner, string name, HttpContext context) => CreateAsync($"{owner}/{name}", context));
        api.MapPost("/predictions", (Delegate)((HttpContext context) => CreateAsync(null, context)));
        api.MapGet("/predictions/{id}", (string id, JobQueue queue) => Get(queue, id));
        api.MapPost("/predictions/{id}/cancel", (string id, JobQueue queue) =>
        {
            if (Find(queue, id) is null)
            {
                return NotFound;
            }

            queue.Cancel(id);
            return Results.Json(Document(queue, id));
        });
        api.MapGet("/account", () => Results.Json(new { type = "user", username = "sandbox", name = "Sandbox", github_url = (string?)null }));
        api.MapReplicateFiles();
        api.Map("/{**rest}", () => NotFound);
    }

    public static IResult NotFound { get; } = Problem(404, "The requested resource could not be found.");

    public static IResult Problem(int status, string detail, string? title = null, Action<JsonObject>? more = null)
    {
        var body = new JsonObject { ["detail"] = detail, ["status"] = status };
        if (title is not null)
        {
            body["title"] = title;
        }

        more?.Invoke(body);
        return Results.Json(body, statusCode: status);
    }

    // The endpoint has answered by itself when this returns.
    private static async Task<IResult> CreateAsync(string? model, HttpContext context)
    {
        var services = context.RequestServices;
        var (queue, time) = (services.GetRequiredService<JobQueue>(), services.GetRequiredService<TimeProvider>());
        var (refusal, job) = await TakeAsync(model, context, services.GetRequiredService<Faults>(), services.GetRequiredService<ModelCatalog>(), time);
        await Submits.AnswerAsync(context, queue, time, job, async () =>
        {
            if (job is null)
            {
                return refusal!;
            }

            await WaitAsync(queue, time, job, Preferred(context), context.RequestAborted);
            return Results.Json(Document(queue, job.Id), statusCode: StatusCodes.Status201Created);
        });
        return Results.Empty;
    }

    private static async Task<(IResult? Refusal, ReplicateJob? Job)> TakeAsync(string? named, HttpContext context, Faults faults, ModelCatalog catalog, TimeProvider time)
    {
        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }

        var served = catalog.All.Where(model => model.Replicate?.Model == (named ?? Text(body, "version"))).ToList();
        if (served.Count == 0)
        {
            return (NotFound, null);
        }

        if (body?["input"] is not JsonObject input)
        {
            return (Problem(422, "- (root): input is required\n", "Input validation failed"), null);
        }

        if (ReplicateSchema.Check(served[0].Replicate!, input) is { } wrong)
        {
            var detail = string.Concat(wrong.Select(fault => $"- {fault!["field"]}: {fault["description"]}\n"));
            return (Problem(422, detail, "Input validation failed", problem => problem["invalid_fields"] = wrong), null);
        }

        // Two of the catalog's models may be one there, told apart by resolution.
        var model = served.FirstOrDefault(one => one.Capabilities.Resolutions.Contains(Text(input, "resolution") ?? "", StringComparer.OrdinalIgnoreCase)) ?? served[0];
        var job = new ReplicateJob(
            Guid.NewGuid().ToString("N")[..26], model, (JsonObject)input.DeepClone(), Here.Of(context), context.Request.Headers[JobHeader].ToString(), Fault.None, time.GetUtcNow())
        {
            Callback = JobCallbacks.Address(Text(body, "webhook")),
        };
        job = job with { Fault = faults.Next(job.Prompt) };
        switch (job.Fault)
        {
            case Fault.RateLimit:
                context.Response.Headers.RetryAfter = "1";
                return (Problem(429, "Request was throttled. Your rate limit resets in ~1s.", more: problem => problem["retry_after"] = 1), null);
            case Fault.Ingress:
                return (Results.Content(Submits.NginxPage, "text/html", statusCode: StatusCodes.Status503ServiceUnavailable), null);
            case Fault.Balance:
                return (Problem(402, "You have insufficient credit to run this model.", "Insufficient credit"), null);
            default:
                return (null, job);
        }
    }

    private static IResult Get(JobQueue queue, string id)
    {
        if (Find(queue, id) is not { } job)
        {
            return NotFound;
        }

        // Once: whoever looks again reads it.
        return job.State == JobState.Completed && queue.Mend(id, Fault.NotJson)
            ? Results.Content("<html><body>It is not JSON.</body></html>", "text/html")
            : Results.Json(Document(queue, id));
    }

    private static JsonObject Document(JobQueue queue, string id) => Find(queue, id) is { } job ? job.Prediction(queue.IsExpired(job)) : [];

    private static ReplicateJob? Find(JobQueue queue, string id) => queue.Find(id)?.Job as ReplicateJob;

    /// <summary>Seconds that the asker wants the answer to wait for the end; 0 when it does not.</summary>
    private static int Preferred(HttpContext context) => context.Request.Headers["Prefer"].ToString().Split('=') switch
    {
        ["wait"] => LongestWait,
        ["wait", var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => Math.Min(seconds, LongestWait),
        _ => 0,
    };

    private static async Task WaitAsync(JobQueue queue, TimeProvider time, ReplicateJob job, int seconds, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (time.GetElapsedTime(begun) < TimeSpan.FromSeconds(seconds) && Find(queue, job.Id)?.State != JobState.Completed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
        }
    }

    private static string? Text(JsonObject? owner, string name) => owner?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
