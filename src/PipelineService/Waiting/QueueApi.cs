using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using PipelineService.Storage;
using PipelineService.Traffic;
using Providers.Catalog;
using Providers.Keys;
using Providers.Traffic;
using ServiceDefaults.Identity;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Waiting;

/// <summary><c>/queue</c>: what of a tenant runs or waits for its turn.</summary>
internal static class QueueApi
{
    private const string Example =
        """
        {
          "data": [
            { "pipeline_id": 7, "name": "Red dress launch", "status": "running", "status_reason": null, "waiting": 24, "in_flight": 6,
              "queue": { "position": 2, "ahead": 16, "wait_sec": 4 }, "eta_sec": 95, "started_at": "2026-01-31T12:00:00Z", "waits_for": null }
          ],
          "next_cursor": null
        }
        """;

    public static void Map(WebApplication app) => app.MapGroup("/queue").RequireAuthorization()
        .MapGet("/", ListAsync).WithName("list_queue").WithTags("Pipelines").WithExample(200, Example).WithProblems(422);

    /// <summary>Runs that work or wait for their turn, for money or for a provider, oldest first, with their place in the queue and when they should be done.</summary>
    internal static async Task<Results<Ok<QueuePage>, ProblemHttpResult>> ListAsync(
        [AsParameters] QueueQuery query, Caller caller, PipelineDbContext db, WaitingMonitor monitor, RouteTraffic traffic, WorkspaceKeys keys, ModelCatalog catalog, CancellationToken cancellationToken)
    {
        if (query.Errors() is { } errors)
        {
            return Problem.Validation(errors);
        }

        var rows = await query.Apply(db.Pipelines.AsNoTracking(), caller.TenantId).ToListAsync(cancellationToken);
        var page = rows.Take(query.PageSize).ToList();
        var ids = page.Select(pipeline => pipeline.Id).ToArray();
        var steps = (await db.Steps.AsNoTracking().Where(step => ids.Contains(step.PipelineId) && step.TenantId == caller.TenantId).ToListAsync(cancellationToken))
            .OrderBy(step => step.StepOrder).ToLookup(step => step.PipelineId);
        var counts = (await db.DispatchQueues.AsNoTracking().Where(row => ids.Contains(row.PipelineId) && row.TenantId == caller.TenantId).ToListAsync(cancellationToken))
            .ToLookup(row => row.PipelineId);
        var now = await monitor.NowAsync(Contracts.Generation.Lanes.All, cancellationToken);
        return TypedResults.Ok(new QueuePage(
            [
                .. page.Select(pipeline => new QueueEntry(
                    pipeline.Id, pipeline.Name, pipeline.Status, pipeline.StatusReason, counts[pipeline.Id].Sum(row => row.Queued), counts[pipeline.Id].Sum(row => row.InFlight),
                    steps[pipeline.Id].Select(now.Place).FirstOrDefault(place => place is not null), Eta.OfRun(pipeline, [.. steps[pipeline.Id]], now, catalog), pipeline.StartedAt,
                    ProviderWaits.Sentence(pipeline, steps[pipeline.Id], traffic.Look, keys))),
            ],
            rows.Count > query.PageSize ? page[^1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }
}

/// <summary>Which page of the queue.</summary>
internal sealed record QueueQuery
{
    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? PipelineQuery.DefaultLimit;

    private long? After => long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Listing.Check(Limit, Cursor is null || After is not null, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Pipeline> Apply(IQueryable<Pipeline> pipelines, long tenantId)
    {
        var found = pipelines.Where(pipeline => pipeline.TenantId == tenantId && (pipeline.Status == PipelineStatus.Running
            || (pipeline.Status == PipelineStatus.Paused && pipeline.StatusReason != StatusReason.Review && pipeline.StatusReason != StatusReason.User)));
        found = After is { } after ? found.Where(pipeline => pipeline.Id > after) : found;
        return found.OrderBy(pipeline => pipeline.Id).Take(PageSize + 1);
    }
}

/// <summary>A run that works or waits.</summary>
/// <param name="Waiting">Items that are ready and not sent to a worker yet.</param>
/// <param name="InFlight">Items that are with workers.</param>
/// <param name="Queue">Null when nothing of it waits for its turn.</param>
/// <param name="EtaSec">Seconds to its end, without the time that people take to review; null when it is paused or its provider is down, and before its models were measured.</param>
/// <param name="WaitsFor">Where the reason is a provider: a sentence with its name, its model and until when. Null otherwise.</param>
public sealed record QueueEntry(
    long PipelineId, string Name, PipelineStatus Status, StatusReason? StatusReason, int Waiting, int InFlight, QueueView? Queue, int? EtaSec, DateTimeOffset? StartedAt,
    string? WaitsFor);

/// <summary>A page of the queue, oldest runs first.</summary>
/// <param name="NextCursor">Give it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record QueuePage(IReadOnlyList<QueueEntry> Data, string? NextCursor);
