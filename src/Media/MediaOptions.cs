using System.ComponentModel.DataAnnotations;

namespace Media;

/// <summary>Section <c>Media</c>: where files live and which ones are taken in.</summary>
public sealed class MediaOptions
{
    public const string Section = "Media";

    /// <summary>Folder of the object store; created when missing. Required.</summary>
    [Required]
    public string Root { get; set; } = "";

    /// <summary>Whether a stored object is flushed to the disk before it counts as stored. Default true; false trades safety on power loss for speed.</summary>
    public bool Fsync { get; set; } = true;

    /// <summary>Largest uploaded image in bytes. Default 25 MB.</summary>
    [Range(1, 1L << 32)]
    public long MaxImageBytes { get; set; } = 25L * 1024 * 1024;

    /// <summary>Shortest side of an uploaded image in pixels. Default 64.</summary>
    [Range(1, 4096)]
    public int MinSidePixels { get; set; } = 64;

    /// <summary>Largest image, uploaded or generated, in megapixels (width × height ÷ 1,000,000). Default 64.</summary>
    [Range(1, 200)]
    public int MaxMegapixels { get; set; } = 64;

    /// <summary>The ffmpeg program: a path, or a name looked up on PATH. Default <c>ffmpeg</c>.</summary>
    [Required]
    public string FfmpegPath { get; set; } = "ffmpeg";

    /// <summary>The ffprobe program. Default <c>ffprobe</c>.</summary>
    [Required]
    public string FfprobePath { get; set; } = "ffprobe";

    /// <summary>Longest time for one decode, probe or thumbnail. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan ToolTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Address space of one decode, probe or thumbnail in megabytes, held by prlimit where that exists. Default 2000.</summary>
    [Range(256, 65536)]
    public int ToolMemoryMegabytes { get; set; } = 2000;

    /// <summary>Thumbnails made at the same time in one process. Default 2.</summary>
    [Range(1, 64)]
    public int ThumbnailParallelism { get; set; } = 2;

    internal long MaxPixels => MaxMegapixels * 1_000_000L;
}
