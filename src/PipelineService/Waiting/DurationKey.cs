using System.Globalization;
using PipelineService.Pipelines;

namespace PipelineService.Waiting;

/// <summary>What an item's service time depends on.</summary>
/// <param name="Model">Empty for prompts.</param>
/// <param name="Variant">The parameters that make it longer or shorter, for example <c>1080p/5s</c>.</param>
public readonly record struct DurationKey(string Provider, string Model, string Variant)
{
    public static DurationKey Of(Step step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return new DurationKey(step.Provider ?? string.Empty, step.Resolved?.Model ?? string.Empty, VariantOf(step));
    }

    private static string VariantOf(Step step)
    {
        if (step.Resolved is not { } asked)
        {
            return step.UnitsPerItem.ToString(CultureInfo.InvariantCulture);
        }

        string?[] parts =
        [
            asked.Resolution, asked.Quality, asked.DurationSec is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"{seconds}s") : null, asked.Audio ? "audio" : null,
        ];
        return string.Join('/', parts.OfType<string>());
    }
}

/// <summary>How long items of one kind take a provider: a mean that forgets slowly. Carries no tenant's data.</summary>
public sealed class ModelDuration
{
    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required string Variant { get; init; }

    /// <summary>Items it stands on; what is older than the last few hundred counts less and less.</summary>
    public double Count { get; set; }

    /// <summary>Seconds from the start of the work to its end; waiting is not in it.</summary>
    public double MeanSec { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>What a lane gets done while it has enough to do, over about the last seconds. All processes add to the same row.</summary>
public sealed class LaneRate
{
    public required string Lane { get; init; }

    /// <summary>Items that ended in <see cref="SpanSec"/>.</summary>
    public double Items { get; set; }

    /// <summary>Their service times together; over the span it is how many were worked on at once.</summary>
    public double ServiceSec { get; set; }

    public double SpanSec { get; set; }

    /// <summary>More was waiting all the while, so this is what the lane can do and not only what it was asked for.</summary>
    public bool Full { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}
