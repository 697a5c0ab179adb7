namespace PipelineService.History;

/// <summary>Figures of a run that follow from its rows. Pure.</summary>
internal static class RunFigures
{
    /// <summary>Seconds with one decimal; null until both are known.</summary>
    public static decimal? Seconds(DateTimeOffset? started, DateTimeOffset? finished) =>
        finished - started is { } span ? Math.Round((decimal)span.TotalSeconds, 1, MidpointRounding.AwayFromZero) : null;

    /// <summary>0 to 1 with four decimals, of what came to an end; null before anything did.</summary>
    public static decimal? SuccessRate(int succeeded, int failed) =>
        succeeded + failed is var ended and > 0 ? Math.Round((decimal)succeeded / ended, 4, MidpointRounding.AwayFromZero) : null;
}
