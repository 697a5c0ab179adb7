using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PipelineService.Pipelines;
using ServiceDefaults.Problems;

namespace PipelineService.Sheets;

/// <summary>Which sheets to list; what is left out does not filter.</summary>
internal sealed record SheetQuery
{
    /// <summary>The one whose rows were started together.</summary>
    [FromQuery(Name = "run_group_id")]
    public Guid? RunGroupId { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? PipelineQuery.DefaultLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Listing.Check(Limit, Cursor is null || Before is not null, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Sheet> Apply(IQueryable<Sheet> sheets, long tenantId)
    {
        var found = sheets.Where(sheet => sheet.TenantId == tenantId);
        found = RunGroupId is { } group ? found.Where(sheet => sheet.RunGroupId == group) : found;
        found = Before is { } before ? found.Where(sheet => sheet.Id < before) : found;
        return found.OrderByDescending(sheet => sheet.Id).Take(PageSize + 1);
    }

    private long? Before => long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
