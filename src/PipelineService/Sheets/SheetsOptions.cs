using System.ComponentModel.DataAnnotations;

namespace PipelineService.Sheets;

/// <summary>Section <c>Sheets</c>: how large a sheet may be, and how long it is kept.</summary>
public sealed class SheetsOptions
{
    public const string Section = "Sheets";

    /// <summary>Largest file in bytes. Default 10 MB.</summary>
    [Range(1024, 1L << 30)]
    public long MaxBytes { get; set; } = 10L << 20;

    /// <summary>Most characters that the sheets and texts of a workbook may unpack to. Default 50 million.</summary>
    [Range(1024, 1L << 32)]
    public long MaxUnpackedChars { get; set; } = 50_000_000;

    /// <summary>Most rows below the header. Default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxRows { get; set; } = 10_000;

    /// <summary>Most columns. Default 100.</summary>
    [Range(1, 1000)]
    public int MaxColumns { get; set; } = 100;

    /// <summary>Longest cell in characters. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxCellChars { get; set; } = 20_000;

    /// <summary>Most pipelines that one sheet may become. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxPipelines { get; set; } = 100;

    /// <summary>Faults of rows that one answer tells. Default 500.</summary>
    [Range(1, 100_000)]
    public int MaxErrorsTold { get; set; } = 500;

    /// <summary>Rows that an answer shows as they were read. Default 10.</summary>
    [Range(0, 1000)]
    public int PreviewRows { get; set; } = 10;

    /// <summary>How long a sheet is kept after it was loaded, to be run and given back. One whose runs have not ended stays. Default 90 days; zero keeps all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often older sheets are looked for. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "1.00:00:00")]
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromHours(1);
}
