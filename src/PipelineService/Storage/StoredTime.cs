namespace PipelineService.Storage;

/// <summary>Times as the database keeps them, so that an answer shows the same before and after it is stored.</summary>
internal static class StoredTime
{
    /// <summary>Now, in whole microseconds.</summary>
    public static DateTimeOffset GetStoredNow(this TimeProvider time)
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
