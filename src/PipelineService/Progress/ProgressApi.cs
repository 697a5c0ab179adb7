using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Progress;

/// <summary>The feed, three ways: WebSocket, server-sent events, JSON pages.</summary>
public static class ProgressApi
{
    private const string Description =
        "A WebSocket upgrade gives JSON text frames, each an event or an array of events. 'Accept: text/event-stream' gives server-sent events with ids. "
        + "Otherwise a page of JSON. 'after' (or Last-Event-ID) gives what came since, so a reconnect loses nothing; without it JSON and event streams begin with "
        + "the oldest event and WebSockets with the next one (after=0 for all). Ids ascend. Where several events go out together, a step_progress or cost_update that a "
        + "later one of the same step or pipeline overtakes is left out, and its id with it; every other event is there. JSON pages have all events. A WebSocket whose "
        + "client takes too little is closed with 4013: connect again with the last id as 'after'.";

    private static readonly EventPage Example = new(
        [
            new EventResponse("412", ProgressEvents.CostUpdateName, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero),
                JsonSerializer.SerializeToElement(new { pipeline_id = 7, cost_actual = 0.728m })),
        ],
        null);

    public static RouteGroupBuilder MapProgress(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWebSockets();
        var group = app.MapGroup(string.Empty).WithTags("Live events").RequireAuthorization();
        Describe(group.MapGet("/pipelines/{id:long}/events", OfPipeline).WithName("get_pipeline_events").WithSummary("Live events of a pipeline"));
        Describe(group.MapGet("/events", OfTenant).WithName("get_events").WithSummary("Live events of all pipelines"));
        return group;
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route.WithDescription(Description)
        .Produces<EventPage>(StatusCodes.Status200OK, "application/json", "text/event-stream")
        .Produces(StatusCodes.Status101SwitchingProtocols)
        .WithExample(StatusCodes.Status200OK, Example)
        .WithProblems(StatusCodes.Status422UnprocessableEntity);

    private static Task<Results<Ok<EventPage>, EventStream, ProblemHttpResult>> OfPipeline(
        long id, [AsParameters] EventQuery query, HttpContext context, Caller caller, FeedStore store, CancellationToken cancellationToken) =>
        AnswerAsync(new FeedKey(caller.TenantId, id), query, context, store, cancellationToken);

    private static Task<Results<Ok<EventPage>, EventStream, ProblemHttpResult>> OfTenant(
        [AsParameters] EventQuery query, HttpContext context, Caller caller, FeedStore store, CancellationToken cancellationToken) =>
        AnswerAsync(new FeedKey(caller.TenantId, null), query, context, store, cancellationToken);

    private static async Task<Results<Ok<EventPage>, EventStream, ProblemHttpResult>> AnswerAsync(
        FeedKey key, EventQuery query, HttpContext context, FeedStore store, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        if (await store.NewestAsync(key, cancellationToken) is not { } newest)
        {
            return Problem.NotFound("pipeline");
        }

        if (context.WebSockets.IsWebSocketRequest)
        {
            return new EventStream(key, newest, query.Behind ?? newest);
        }

        return WantsStream(context.Request)
            ? new EventStream(key, newest, query.Behind ?? 0)
            : TypedResults.Ok(await PageAsync(key, query, store, cancellationToken));
    }

    private static async Task<EventPage> PageAsync(FeedKey key, EventQuery query, FeedStore store, CancellationToken cancellationToken)
    {
        var limit = query.Limit ?? 200;
        var found = await store.ReadAsync(key, query.Behind ?? 0, limit + 1, cancellationToken);
        return new EventPage([.. found.Take(limit).Select(progress => progress.Response)], found.Count > limit ? found[limit - 1].Response.Id : null);
    }

    private static bool WantsStream(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(type => type.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));
}

/// <summary>Where in the feed to begin.</summary>
internal sealed record EventQuery
{
    /// <summary>Id of the last event the client has.</summary>
    public string? After { get; init; }

    /// <summary>The same; what browsers send when they reconnect. It wins, since the address still has the first after.</summary>
    [FromHeader(Name = "Last-Event-ID")]
    public string? LastEventId { get; init; }

    /// <summary>The same, by the name lists give it.</summary>
    public string? Cursor { get; init; }

    /// <summary>Events of one JSON page: 1..1,000, default 200.</summary>
    public int? Limit { get; init; }

    /// <summary>The number to begin behind; null when none was given.</summary>
    public long? Behind => Given is { } text && TryRead(text, out var number) ? number : null;

    private string? Given => NullIfEmpty(LastEventId) ?? NullIfEmpty(After) ?? NullIfEmpty(Cursor);

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        if (Given is not null && Behind is null)
        {
            errors.Add("/after", "Use the id of an event, or 0 for all.");
        }

        if (Limit is < 1 or > 1000)
        {
            errors.Add("/limit", "Use a number from 1 to 1000.");
        }

        return errors.Any ? errors.ToDictionary() : null;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static bool TryRead(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
