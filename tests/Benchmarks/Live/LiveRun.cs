using System.Buffers.Text;
using System.Diagnostics;

namespace Benchmarks.Live;

/// <summary>One run's feed: when each of its events was committed, and how many are outputs.</summary>
internal sealed class LiveRun(long tenantId, long pipelineId)
{
    private readonly long[] _sentAt = new long[200_000];

    public long TenantId => tenantId;

    public long PipelineId => pipelineId;

    public int Outputs { get; private set; }

    /// <summary>Remembers the moment before the commit.</summary>
    public void Sent(long firstNumber, int count, int outputs, long at)
    {
        _sentAt.AsSpan((int)firstNumber, count).Fill(at);
        Outputs += outputs;
    }

    public long SentAt(long number) => Volatile.Read(ref _sentAt[number]);
}

/// <summary>What one client heard of a run. Ids have to ascend, and outputs to be complete.</summary>
internal sealed class LiveReader(LiveRun run, LiveTimes times)
{
    private static ReadOnlySpan<byte> Start => "{\"id\":\""u8;

    public LiveRun Run => run;

    public long LastId { get; private set; }

    public int Events { get; private set; }

    public int Outputs { get; private set; }

    public bool Ascends { get; private set; } = true;

    public void OnFrame(ReadOnlySpan<byte> payload)
    {
        var now = Stopwatch.GetTimestamp();
        var before = Events;
        for (var at = payload.IndexOf(Start); at >= 0; at = payload.IndexOf(Start))
        {
            payload = payload[(at + Start.Length)..];
            Ascends &= Utf8Parser.TryParse(payload, out long id, out var digits) && id > LastId;
            LastId = id;
            Events++;
            Outputs += payload[digits..].StartsWith("\",\"event\":\"output_ready\""u8) ? 1 : 0;
        }

        if (Events > before && run.SentAt(LastId) is var sent and not 0)
        {
            times.Add(Stopwatch.GetElapsedTime(sent, now), Events - before);
        }
    }
}

/// <summary>Times of many readers, in tenths of a millisecond.</summary>
internal sealed class LiveTimes
{
    private readonly long[] _counts = new long[100_000];
    private long _events;

    public long Events => Volatile.Read(ref _events);

    public void Add(TimeSpan time, int events)
    {
        Interlocked.Add(ref _counts[Math.Clamp((int)(time.TotalMilliseconds * 10), 0, _counts.Length - 1)], events);
        Interlocked.Add(ref _events, events);
    }

    public void Clear()
    {
        Array.Clear(_counts);
        _events = 0;
    }

    /// <summary>Milliseconds.</summary>
    public double Percentile(double share)
    {
        var (wanted, seen) = (_counts.Sum() * share, 0L);
        for (var index = 0; index < _counts.Length; index++)
        {
            seen += _counts[index];
            if (seen >= wanted)
            {
                return (index + 1) / 10.0;
            }
        }

        return double.NaN;
    }
}
