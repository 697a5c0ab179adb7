using System.Text;

namespace PipelineService.Progress;

/// <summary>
/// A stretch of a feed as it goes out: everything behind one number up to another, but for progress and costs that a later event of the same stretch
/// overtakes. It never changes, so that its bytes are made once for all readers.
/// </summary>
internal sealed class FeedBatch
{
    /// <summary>Wakes a reader that has heard nothing for a while.</summary>
    public static readonly FeedBatch Beat = new(0, 0, []);

    /// <summary>Takes the place of what a full queue could not hold.</summary>
    public static readonly FeedBatch Overrun = new(0, 0, []);

    private FeedBatch(long after, long last, IReadOnlyList<FeedEvent> events)
    {
        (After, Last, Events) = (after, last, events);
        Bytes = events.Sum(progress => progress.Json.Length + 1);
    }

    /// <summary>The number it begins behind.</summary>
    public long After { get; }

    /// <summary>The number it reaches to; its last event has it.</summary>
    public long Last { get; }

    public IReadOnlyList<FeedEvent> Events { get; }

    /// <summary>Size of its events on the wire.</summary>
    public int Bytes { get; }

    /// <summary>An object for one event, an array for several.</summary>
    public byte[] Json => field ??= WriteJson();

    public byte[] ServerSent => field ??= WriteServerSent();

    /// <param name="events">At least one, in the order of their numbers; all there are behind <paramref name="after"/> up to the last of them.</param>
    public static FeedBatch Of(long after, IReadOnlyList<FeedEvent> events) => new(after, events[^1].Number, WithoutOvertaken(events));

    /// <summary>One batch of several that follow each other.</summary>
    public static FeedBatch Join(IReadOnlyList<FeedBatch> batches) => Of(batches[0].After, [.. batches.SelectMany(batch => batch.Events)]);

    /// <summary>A page as batches of at most so many bytes; one event alone may be larger.</summary>
    public static IEnumerable<FeedBatch> Cut(long after, IReadOnlyList<FeedEvent> page, int mostBytes)
    {
        var (from, bytes) = (0, 0);
        for (var index = 0; index < page.Count; index++)
        {
            var size = page[index].Json.Length + 1;
            if (index > from && bytes + size > mostBytes)
            {
                yield return Of(from == 0 ? after : page[from - 1].Number, [.. page.Take(from..index)]);
                (from, bytes) = (index, 0);
            }

            bytes += size;
        }

        if (page.Count > 0)
        {
            yield return Of(from == 0 ? after : page[from - 1].Number, from == 0 ? page : [.. page.Skip(from)]);
        }
    }

    /// <summary>What of it is behind a number that lies inside it.</summary>
    public FeedBatch Behind(long number) => new(number, Last, [.. Events.Where(progress => progress.Number > number)]);

    private static IReadOnlyList<FeedEvent> WithoutOvertaken(IReadOnlyList<FeedEvent> events)
    {
        if (events.Count == 1)
        {
            return events;
        }

        var seen = new HashSet<(string, long)>();
        var kept = new List<FeedEvent>(events.Count);
        for (var index = events.Count - 1; index >= 0; index--)
        {
            if (events[index].Subject is not { } subject || seen.Add(subject))
            {
                kept.Add(events[index]);
            }
        }

        kept.Reverse();
        return kept;
    }

    private byte[] WriteJson()
    {
        if (Events.Count == 1)
        {
            return Events[0].Json;
        }

        var frame = new byte[Bytes + 1];
        var at = 0;
        foreach (var progress in Events)
        {
            frame[at++] = (byte)(at == 1 ? '[' : ',');
            progress.Json.CopyTo(frame, at);
            at += progress.Json.Length;
        }

        frame[at] = (byte)']';
        return frame;
    }

    private byte[] WriteServerSent()
    {
        if (Events.Count == 0)
        {
            return ": heartbeat\n\n"u8.ToArray();
        }

        using var text = new MemoryStream();
        foreach (var progress in Events)
        {
            text.Write(Encoding.UTF8.GetBytes($"id: {progress.Id}\nevent: {progress.Event}\ndata: "));
            text.Write(progress.Json);
            text.Write("\n\n"u8);
        }

        return text.ToArray();
    }
}
