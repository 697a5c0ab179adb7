using System.Globalization;
using System.Text.Json;
using ServiceDefaults;

namespace PipelineService.Progress;

/// <summary>Which feed: one pipeline's, or all of a tenant's.</summary>
internal readonly record struct FeedKey(long TenantId, long? PipelineId)
{
    public long NumberOf(ProgressEvent progress) => PipelineId is null ? progress.TenantNumber : progress.Number;
}

/// <summary>An event as clients see it.</summary>
/// <param name="Id">Its position in this feed; give it as <c>after</c> to go on behind it.</param>
/// <param name="Event">pipeline_status, step_progress, output_ready, cost_update or error.</param>
/// <param name="Data">Fields by kind of event.</param>
public sealed record EventResponse(string Id, string Event, DateTimeOffset At, JsonElement Data);

/// <summary>A page of the feed, oldest first.</summary>
/// <param name="NextCursor">Give it as <c>after</c> for the next page; null when this was all there is so far.</param>
public sealed record EventPage(IReadOnlyList<EventResponse> Data, string? NextCursor);

/// <summary>An event on its way to any number of readers, written as JSON once.</summary>
internal sealed class FeedEvent(long number, EventResponse response)
{
    private readonly Lazy<byte[]> _json = new(() => JsonSerializer.SerializeToUtf8Bytes(response, PipelineJson.Options));

    /// <summary>Position in the feed it was read from.</summary>
    public long Number => number;

    public EventResponse Response => response;

    public ReadOnlyMemory<byte> Json => _json.Value;

    public static FeedEvent From(FeedKey key, ProgressEvent row)
    {
        var number = key.NumberOf(row);
        return new FeedEvent(number, new EventResponse(
            number.ToString(CultureInfo.InvariantCulture), row.Event, row.At, JsonSerializer.Deserialize<JsonElement>(row.Data)));
    }
}
