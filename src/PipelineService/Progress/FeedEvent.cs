using System.Globalization;
using System.Text.Json;
using ServiceDefaults;

namespace PipelineService.Progress;

/// <summary>Which feed: one pipeline's, or all of a tenant's.</summary>
internal readonly record struct FeedKey(long TenantId, long? PipelineId);

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
    /// <summary>Position in the feed it was read from.</summary>
    public long Number => number;

    public EventResponse Response => response;

    public byte[] Json => field ??= JsonSerializer.SerializeToUtf8Bytes(response, PipelineJson.Options);

    /// <summary>What a newer event of the same subject says all about; null for an event that stands for itself.</summary>
    public (string Event, long Id)? Subject => response.Event switch
    {
        ProgressEvents.StepProgressName => (response.Event, IdOf("step_id")),
        ProgressEvents.CostUpdateName => (response.Event, IdOf("pipeline_id")),
        _ => null,
    };

    /// <param name="data">The event's data as JSON.</param>
    public static FeedEvent Of(long number, string name, DateTimeOffset at, string data) =>
        new(number, new EventResponse(number.ToString(CultureInfo.InvariantCulture), name, at, JsonSerializer.Deserialize<JsonElement>(data)));

    private long IdOf(string field) => response.Data.GetProperty(field).GetInt64();
}
