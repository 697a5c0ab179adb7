using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineService.Pipelines;
using ServiceDefaults.Problems;

namespace PipelineService.Templates;

/// <summary>Which templates to list; what is left out does not filter.</summary>
internal sealed record TemplateQuery
{
    /// <summary>Part of the name, in any case of letters.</summary>
    public string? Q { get; init; }

    /// <summary>1..200, default 50; built-in templates come on top of it.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? PipelineQuery.DefaultLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Listing.Check(Limit, Cursor is null || Before is not null, errors);
        Listing.CheckText("/q", Q, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>Those of the product, on the first page.</summary>
    public IEnumerable<BuiltInTemplate> BuiltIn() =>
        Before is not null ? [] : BuiltInTemplates.All.Where(template => string.IsNullOrWhiteSpace(Q) || template.Name.Contains(Q.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Template> Apply(IQueryable<Template> templates, long tenantId)
    {
        var found = templates.Where(template => template.TenantId == tenantId);
        found = string.IsNullOrWhiteSpace(Q) ? found : found.Where(template => EF.Functions.ILike(template.Name, Listing.Containing(Q), "\\"));
        found = Before is { } before ? found.Where(template => template.Id < before) : found;
        return found.OrderByDescending(template => template.Id).Take(PageSize + 1);
    }

    private long? Before => long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
