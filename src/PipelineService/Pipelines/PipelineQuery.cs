using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using PipelineService.History;
using ServiceDefaults.Problems;
using ServiceDefaults.Storage;

namespace PipelineService.Pipelines;

/// <summary>Which pipelines to list; what is left out does not filter.</summary>
internal sealed record PipelineQuery
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>One status, or several with commas between them.</summary>
    public string? Status { get; init; }

    /// <summary>Why they are paused: review, user, budget, provider or account.</summary>
    [FromQuery(Name = "status_reason")]
    public string? StatusReason { get; init; }

    /// <summary>Part of the name, in any case of letters.</summary>
    public string? Q { get; init; }

    public string? Tag { get; init; }

    /// <summary>Those that were started together.</summary>
    [FromQuery(Name = "run_group_id")]
    public Guid? RunGroupId { get; init; }

    /// <summary>True: only those that were asked of the demo renderer; false: all but those. Left out, both.</summary>
    public bool? Simulate { get; init; }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>newest (default), oldest, name, cost (the dearest first) or duration (the longest first; what has not ended comes last).</summary>
    [SortWords]
    public string? Sort { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? DefaultLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        var known = SnakeCase.All<PipelineStatus>();
        foreach (var word in Words.Where(word => !known.Contains(word)))
        {
            errors.Add("/status", $"'{Drafts.Faults.Short(word)}' is no status. Use one or more of: {string.Join(", ", known)}.");
        }

        var reasons = SnakeCase.All<StatusReason>();
        if (StatusReason is not null && !reasons.Contains(StatusReason))
        {
            errors.Add("/status_reason", $"'{Drafts.Faults.Short(StatusReason)}' is no reason. Use one of: {string.Join(", ", reasons)}.");
        }

        if (Sort is not null && !HistoryOrder.Words.Contains(Sort))
        {
            errors.Add("/sort", $"'{Drafts.Faults.Short(Sort)}' is no order. Use one of: {string.Join(", ", HistoryOrder.Words)}.");
        }

        Listing.Check(Limit, Cursor is null || HistoryOrder.IsCursor(Sort, Cursor), errors);
        Listing.CheckText("/q", Q, errors);
        Listing.CheckText("/tag", Tag, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Pipeline> Apply(IQueryable<Pipeline> pipelines, long tenantId) => HistoryOrder.After(Filter(pipelines, tenantId), Sort, Cursor).Take(PageSize + 1);

    /// <summary>All that it finds, in no order.</summary>
    public IQueryable<Pipeline> Filter(IQueryable<Pipeline> pipelines, long tenantId)
    {
        var found = pipelines.Where(pipeline => pipeline.TenantId == tenantId);
        var statuses = Words.Select(SnakeCase.Parse<PipelineStatus>).ToArray();
        found = statuses.Length == 0 ? found : found.Where(pipeline => statuses.Contains(pipeline.Status));
        var reason = StatusReason is null ? (StatusReason?)null : SnakeCase.Parse<StatusReason>(StatusReason);
        found = reason is null ? found : found.Where(pipeline => pipeline.StatusReason == reason);
        found = string.IsNullOrWhiteSpace(Q) ? found : found.Where(pipeline => EF.Functions.ILike(pipeline.Name, Listing.Containing(Q), "\\"));
        found = string.IsNullOrWhiteSpace(Tag) ? found : found.Where(pipeline => pipeline.Tags.Contains(Tag));
        found = RunGroupId is { } group ? found.Where(pipeline => pipeline.RunGroupId == group) : found;
        found = Simulate is { } simulate ? found.Where(pipeline => pipeline.Simulate == simulate) : found;
        found = From?.ToUniversalTime() is { } from ? found.Where(pipeline => pipeline.CreatedAt >= from) : found;
        found = To?.ToUniversalTime() is { } to ? found.Where(pipeline => pipeline.CreatedAt < to) : found;
        return found;
    }

    private string[] Words => (Status ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
