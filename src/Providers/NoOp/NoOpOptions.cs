using System.ComponentModel.DataAnnotations;
using Contracts.Generation;

namespace Providers.NoOp;

/// <summary>Section <c>Providers:NoOp</c>: how the no-op provider behaves.</summary>
public sealed class NoOpOptions
{
    public const string Section = "Providers:NoOp";

    /// <summary>How long one request takes. Default 0.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Latency { get; set; }

    /// <summary>Every n-th request of this process fails; 0, the default, means none.</summary>
    [Range(0, int.MaxValue)]
    public int FailEvery { get; set; }

    /// <summary>How those fail. Default <see cref="FailureKind.ProviderDown"/>.</summary>
    public FailureKind FailKind { get; set; } = FailureKind.ProviderDown;

    /// <summary>What the provider claims about repeated submits. Default safe.</summary>
    public Resubmit Resubmit { get; set; } = Resubmit.Safe;

    /// <summary>True: images and videos are accepted at once and found finished by polling. Default false.</summary>
    public bool Asynchronous { get; set; }

    /// <summary>Where submits are written down, one line each: the start of the names of files, one for each life of a process that names it; null, the default, for none.</summary>
    public string? JournalPath { get; set; }

    /// <summary>Requests that it takes at once in each process; more are refused as too many. Default none.</summary>
    [Range(1, int.MaxValue)]
    public int? MaxConcurrency { get; set; }

    /// <summary>What it then asks to wait. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>While this file exists every request fails; null, the default, for none.</summary>
    public string? OutagePath { get; set; }
}
