using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using ServiceDefaults.OpenApi;
using ServiceDefaults.Problems;

namespace PipelineService.Assets;

/// <summary>Which assets to list; what is left out does not filter.</summary>
internal sealed record AssetQuery
{
    /// <summary>image or video.</summary>
    [Words("image", "video")]
    public string? Type { get; init; }

    /// <summary>uploaded or generated.</summary>
    [Words("uploaded", "generated")]
    public string? Source { get; init; }

    [FromQuery(Name = "pipeline_id")]
    public long? PipelineId { get; init; }

    /// <summary>Id of the model that made it.</summary>
    public string? Model { get; init; }

    /// <summary>Created at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Created before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Part of the name or of the prompt, in any case of letters.</summary>
    public string? Q { get; init; }

    /// <summary>1..200, default 50.</summary>
    public int? Limit { get; init; }

    /// <summary>next_cursor of the page before.</summary>
    public string? Cursor { get; init; }

    public Dictionary<string, string[]>? Errors()
    {
        var errors = new ProblemErrors();
        Expect(Type is null or "image" or "video", "/type", "Use image or video.");
        Expect(Source is null or "uploaded" or "generated", "/source", "Use uploaded or generated.");
        Expect(Limit is null or (>= 1 and <= 200), "/limit", "Use a number from 1 to 200.");
        Expect(Cursor is null || Before is not null, "/cursor", "Use the next_cursor of a page of this list.");
        Expect(Q is null or { Length: <= 200 }, "/q", "Use up to 200 characters.");
        return errors.Any ? errors.ToDictionary() : null;

        void Expect(bool holds, string pointer, string message)
        {
            if (!holds)
            {
                errors.Add(pointer, message);
            }
        }
    }

    /// <summary>One more than a page, so that it is known whether another follows.</summary>
    public IQueryable<Asset> Apply(IQueryable<Asset> assets, long tenantId)
    {
        var found = assets.Where(asset => asset.TenantId == tenantId);
        found = Type is null ? found : found.Where(asset => asset.Type == Type);
        found = Source is null ? found : found.Where(asset => asset.Source == Source);
        found = PipelineId is null ? found : found.Where(asset => asset.PipelineId == PipelineId);
        found = Model is null ? found : found.Where(asset => asset.Model == Model);
        found = From?.ToUniversalTime() is { } from ? found.Where(asset => asset.CreatedAt >= from) : found;
        found = To?.ToUniversalTime() is { } to ? found.Where(asset => asset.CreatedAt < to) : found;
        found = Before is { } before ? found.Where(asset => asset.Id < before) : found;
        if (!string.IsNullOrWhiteSpace(Q))
        {
            var pattern = $"%{Q.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(asset => EF.Functions.ILike(asset.Name, pattern, "\\") || EF.Functions.ILike(asset.Prompt ?? "", pattern, "\\"));
        }

        return found.OrderByDescending(asset => asset.Id).Take(PageSize + 1);
    }

    public AssetPage Page(IReadOnlyList<Asset> rows) => new(
        [.. rows.Take(PageSize).Select(AssetResponse.From)],
        rows.Count > PageSize ? rows[PageSize - 1].Id.ToString(CultureInfo.InvariantCulture) : null);

    private int PageSize => Limit ?? 50;

    private long? Before => long.TryParse(Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
