using System.Text.Json;
using ServiceDefaults;

namespace PipelineService.Sheets;

/// <summary>A sheet that was given, with its rows as they were read.</summary>
public sealed class Sheet
{
    public long Id { get; set; }

    public required long TenantId { get; init; }

    public required string Name { get; init; }

    /// <summary>csv or xlsx.</summary>
    public required string Format { get; init; }

    public string? Encoding { get; init; }

    public string? Delimiter { get; init; }

    public required string[] Columns { get; init; }

    public required string[] Notes { get; init; }

    /// <summary>A JSON array of rows.</summary>
    public required string Rows { get; init; }

    public Guid? RunGroupId { get; set; }

    /// <summary>Which row went into which pipeline, and why others did not; null until it was run or simulated.</summary>
    public SheetRun? Run { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    internal SheetTable Table => new(Format, Encoding, Delimiter, Columns, JsonSerializer.Deserialize<List<SheetRow>>(Rows, PipelineJson.Options)!, Notes);

    internal static string Text(IReadOnlyList<SheetRow> rows) => JsonSerializer.Serialize(rows, PipelineJson.Options);
}

/// <param name="LeftOut">Why, by row number.</param>
/// <param name="Simulated">The demo renderer made it: the sheet can still be run.</param>
public sealed record SheetRun(IReadOnlyList<SheetPart> Parts, IReadOnlyDictionary<int, string> LeftOut, bool Simulated = false);

/// <summary>A pipeline of a sheet.</summary>
/// <param name="Rows">Their numbers; the n-th is the pipeline's n-th input.</param>
public sealed record SheetPart(long PipelineId, IReadOnlyList<int> Rows);
