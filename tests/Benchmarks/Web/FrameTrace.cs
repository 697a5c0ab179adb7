using System.Text.Json;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>What scripts, styles and layout took of each frame of the page's main thread, by the browser's own trace.</summary>
internal sealed class FrameTrace
{
    private const string FrameStart = "BeginMainThreadFrame";
    private static readonly HashSet<string> Counted =
        ["EventDispatch", "FunctionCall", "TimerFire", "FireAnimationFrame", "RunMicrotasks", "EvaluateScript", "V8.GC_SCAVENGER", "MinorGC", "MajorGC", "UpdateLayoutTree", "Layout", "HitTest"];

    private readonly ICDPSession _session;
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FrameTrace(ICDPSession session) => _session = session;

    public static async Task<FrameTrace> StartAsync(IPage page)
    {
        var trace = new FrameTrace(await page.Context.NewCDPSessionAsync(page));
        trace._session.Event("Tracing.dataCollected").OnEvent += (_, data) =>
        {
            lock (trace._events)
            {
                trace._events.AddRange(data!.Value.GetProperty("value").EnumerateArray().Select(one => one.Clone()));
            }
        };
        trace._session.Event("Tracing.tracingComplete").OnEvent += (_, _) => trace._complete.TrySetResult();
        await trace._session.SendAsync("Tracing.start", new Dictionary<string, object>
        {
            ["categories"] = "devtools.timeline,devtools.timeline.frame,v8,disabled-by-default-devtools.timeline,disabled-by-default-devtools.timeline.frame", ["transferMode"] = "ReportEvents",
        });
        return trace;
    }

    /// <returns>Milliseconds of each frame in which there was something to do.</returns>
    public async Task<IReadOnlyList<double>> StopAsync()
    {
        await _session.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        await _session.DetachAsync();
        lock (_events)
        {
            return Frames(_events);
        }
    }

    private static List<double> Frames(List<JsonElement> events)
    {
        // The thread that has the frames of the page is the one that begins most of them.
        var starts = events.Where(one => Text(one, "name") == FrameStart).ToList();
        if (starts.Count == 0)
        {
            return [];
        }

        var thread = starts.GroupBy(Thread).OrderByDescending(group => group.Count()).First().Key;
        var begins = starts.Where(one => Thread(one) == thread).Select(one => Number(one, "ts")).Order().ToList();
        var work = events
            .Where(one => Text(one, "ph") == "X" && Thread(one) == thread && Counted.Contains(Text(one, "name")))
            .Select(one => (From: Number(one, "ts"), To: Number(one, "ts") + (one.TryGetProperty("dur", out var taken) ? taken.GetDouble() : 0)))
            .OrderBy(span => span.From).ToList();
        var frames = new List<double>();
        var next = 0;
        for (var frame = 0; frame < begins.Count; frame++)
        {
            var end = frame + 1 < begins.Count ? begins[frame + 1] : double.MaxValue;
            var (sum, until) = (0.0, 0.0);
            while (next < work.Count && work[next].From < end)
            {
                // A call within a call is counted with the outer one.
                var (from, to) = (Math.Max(work[next].From, until), work[next].To);
                sum += Math.Max(0, to - from);
                until = Math.Max(until, to);
                next++;
            }

            frames.Add(sum / 1000);
        }

        return frames;
    }

    private static string Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetString() ?? string.Empty : string.Empty;

    private static double Number(JsonElement one, string name) => one.GetProperty(name).GetDouble();

    private static (double Process, double Id) Thread(JsonElement one) => (Number(one, "pid"), Number(one, "tid"));
}
