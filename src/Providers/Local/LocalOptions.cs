using System.ComponentModel.DataAnnotations;

namespace Providers.Local;

/// <summary>Section <c>Providers:Local</c>: the demo renderer.</summary>
public sealed class LocalOptions
{
    public const string Section = "Providers:Local";

    /// <summary>Renderings at the same time in one process. Default 0: one for every two processors, at least 1.</summary>
    [Range(0, 64)]
    public int Parallelism { get; set; }

    internal int Renderings => Parallelism > 0 ? Parallelism : Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Time added to every request, to show what waiting for a vendor is like. Default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Latency { get; set; }

    /// <summary>Longest time for one picture or video. Default 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Address space of one rendering in megabytes, held by prlimit where that exists. Default 4000.</summary>
    [Range(512, 65536)]
    public int MemoryMegabytes { get; set; } = 4000;

    /// <summary>Frames a second of videos. Default 24.</summary>
    [Range(1, 60)]
    public int FramesPerSecond { get; set; } = 24;

    /// <summary>Longest side of pictures and videos in pixels: what is asked larger is made smaller in the same ratio, for slow machines. Default 0: as asked.</summary>
    [Range(0, 8192)]
    public int LongestSide { get; set; }

    /// <summary>Font of the label that results carry, a path. Default: DejaVu Sans where it is installed, else what fontconfig calls Sans.</summary>
    public string? FontPath { get; set; }
}
