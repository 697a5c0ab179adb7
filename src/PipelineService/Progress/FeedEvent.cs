using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace PipelineService.Progress;

/// <summary>Which feed: one pipeline's, or all of a tenant's.</summary>
internal readonly record struct FeedKey(long TenantId, long? PipelineId);

/// <summary>An event as clients see it.</summary>
/// <param name="Id">Its position in this feed; give it as <c>after</c> to go on behind it.</param>
/// <param name="Event">pipeline_status, step_progress, output_ready, cost_update, error or review_changed.</param>
/// <param name="Data">Fields by kind of event.</param>
public sealed record EventResponse(string Id, [EventWords] string Event, DateTimeOffset At, JsonElement Data);

/// <summary>A page of the feed, oldest first.</summary>
/// <param name="NextCursor">Give it as <c>after</c> for the next page; null when this was all there is so far.</param>
public sealed record EventPage(IReadOnlyList<EventResponse> Data, string? NextCursor);

/// <summary>An event on its way to any number of readers, written as JSON once.</summary>
/// <param name="number">Position in the feed it was read from.</param>
/// <param name="data">The event's data as JSON, as it was written.</param>
internal sealed class FeedEvent(long number, string name, DateTimeOffset at, ReadOnlyMemory<byte> data)
{
    public long Number => number;

    public string Id => number.ToString(CultureInfo.InvariantCulture);

    public string Event => name;

    public EventResponse Response => new(Id, name, at, Parse(data));

    public byte[] Json => field ??= Write();

    /// <summary>What a newer event of the same subject says all about; null for an event that stands for itself.</summary>
    public (string Event, long Id)? Subject { get; } = name switch
    {
        ProgressEvents.StepProgressName => (name, IdOf(data, "step_id")),
        ProgressEvents.ReviewChangedName => (name, IdOf(data, "step_id")),
        ProgressEvents.CostUpdateName => (name, IdOf(data, "pipeline_id")),
        _ => null,
    };

    /// <summary>The events of one row.</summary>
    /// <param name="last">Position of the last of them in the feed.</param>
    /// <param name="events">As in <see cref="EventBatch.Events"/>.</param>
    public static List<FeedEvent> Of(long last, int count, DateTimeOffset at, byte[] events)
    {
        var list = new List<FeedEvent>(count);
        var reader = new Utf8JsonReader(events);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartArray)
        {
            reader.Read();
            var name = Name(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            list.Add(new FeedEvent(last - count + 1 + list.Count, name, at, events.AsMemory(start, (int)reader.BytesConsumed - start)));
            reader.Read();
        }

        return list;
    }

    private static string Name(ref Utf8JsonReader reader)
    {
        foreach (var known in ProgressEvents.Names)
        {
            if (reader.ValueTextEquals(known))
            {
                return known;
            }
        }

        return reader.GetString()!;
    }

    private byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, Id);
            json.WriteString("event"u8, name);
            json.WriteString("at"u8, at);
            json.WritePropertyName("data"u8);
            json.WriteRawValue(data.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> data) => JsonSerializer.Deserialize<JsonElement>(data.Span);

    private static long IdOf(ReadOnlyMemory<byte> data, string field) => Parse(data).GetProperty(field).GetInt64();
}
