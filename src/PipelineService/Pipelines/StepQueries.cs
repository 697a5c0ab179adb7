using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;
using ServiceDefaults.Storage;

namespace PipelineService.Pipelines;

/// <summary>Which outputs of a step to list; what is left out does not filter.</summary>
internal sealed record OutputQuery
{
    /// <summary>Status of the item that made it; only succeeded ones have outputs.</summary>
    [Words<ItemStatus>]
    public string? Status { get; init; }

    /// <summary>Id of the model that made it.</summary>
    public string? Model { get; init; }

    public bool? Selected { get; init; }

    /// <summary>pick, reject or unset.</summary>
    [Words<Verdict>]
    public string? Verdict { get; init; }

    /// <summary>1..5: rated so or better.</summary>
    [FromQuery(Name = "min_rating")]
    public int? MinRating { get; init; }

    /// <summary>Only these, up to 200.</summary>
    [FromQuery(Name = "ids")]
    public long[]? Ids { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? PipelineQuery.DefaultLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        ItemQuery.CheckStatus(Status, errors);
        Listing.Check(Limit, Cursor is null || PlaceCursor.Parse(Cursor) is not null, errors);
        Listing.CheckText("/model", Model, errors);
        JudgementQuery.Check(Verdict, MinRating, errors);
        if (Ids is { Length: > PipelineQuery.MaxLimit })
        {
            errors.Add("/ids", $"Use up to {PipelineQuery.MaxLimit} ids.");
        }

        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    /// <param name="outputs">Of one step, in their order.</param>
    public IQueryable<Output> Apply(IQueryable<Output> outputs)
    {
        var found = Status is null or "succeeded" ? outputs : outputs.Where(_ => false);
        found = Model is null ? found : found.Where(output => output.Model == Model);
        found = Ids is { Length: > 0 } ids ? found.Where(output => ids.Contains(output.Id)) : found;
        found = Selected is { } selected ? found.Where(output => output.Selected == selected) : found;
        found = JudgementQuery.Apply(found, Verdict, MinRating);
        found = PlaceCursor.Parse(Cursor) is var (ordinal, id) ? found.Where(output => output.Ordinal > ordinal || (output.Ordinal == ordinal && output.Id > id)) : found;
        return found.Take(PageSize + 1);
    }
}

/// <summary>What the lists of outputs can be asked for by judgement.</summary>
internal static class JudgementQuery
{
    public static void Check(string? verdict, int? minRating, ProblemErrors errors)
    {
        if (verdict is not null && !SnakeCase.All<Verdict>().Contains(verdict))
        {
            errors.Add("/verdict", $"'{Drafts.Faults.Short(verdict)}' is no verdict. Use one of: {string.Join(", ", SnakeCase.All<Verdict>())}.");
        }

        if (minRating is < 1 or > 5)
        {
            errors.Add("/min_rating", "Use a number from 1 to 5.");
        }
    }

    public static IQueryable<Output> Apply(IQueryable<Output> outputs, string? word, int? minRating)
    {
        if (word is not null)
        {
            var verdict = SnakeCase.Parse<Verdict>(word);
            outputs = outputs.Where(output => output.Verdict == verdict);
        }

        return minRating is { } least ? outputs.Where(output => output.Rating >= least) : outputs;
    }
}

/// <summary>Which items of a step to list; what is left out does not filter.</summary>
internal sealed record ItemQuery
{
    /// <summary>queued, dispatched, running, succeeded, failed or cancelled.</summary>
    [Words<ItemStatus>]
    public string? Status { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public int PageSize => Limit ?? PipelineQuery.DefaultLimit;

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        CheckStatus(Status, errors);
        Listing.Check(Limit, Cursor is null || PlaceCursor.Parse(Cursor) is not null, errors);
        return errors.Any ? errors.ToDictionary() : null;
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Item> Apply(IQueryable<Item> items, long tenantId, long stepId)
    {
        var found = items.Where(item => item.StepId == stepId && item.TenantId == tenantId);
        if (Status is { } word)
        {
            var status = SnakeCase.Parse<ItemStatus>(word);
            found = found.Where(item => item.Status == status);
        }

        found = PlaceCursor.Parse(Cursor) is var (ordinal, id) ? found.Where(item => item.Ordinal > ordinal || (item.Ordinal == ordinal && item.Id > id)) : found;
        return found.OrderBy(item => item.Ordinal).ThenBy(item => item.Id).Take(PageSize + 1);
    }

    public static void CheckStatus(string? word, ProblemErrors errors)
    {
        if (word is not null && !SnakeCase.All<ItemStatus>().Contains(word))
        {
            errors.Add("/status", $"'{Drafts.Faults.Short(word)}' is no status of an item. Use one of: {string.Join(", ", SnakeCase.All<ItemStatus>())}.");
        }
    }
}
