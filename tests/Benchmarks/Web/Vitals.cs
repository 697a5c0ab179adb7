using System.Text.Json;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>What a page measures of itself: the browser's own entries, gathered from before the first line of the page's scripts.</summary>
internal static class Vitals
{
    /// <summary>Runs before the page's own scripts; the page's policy allows none within it.</summary>
    public const string Script = """
        (() => {
          const lcp = { at: 0, what: '' };
          const shifts = [];
          const moved = new Map();
          let interactions = new Map();
          let frames = [];
          let reads = { count: 0, bytes: 0 };
          const describe = (node) => (node instanceof Element ? `${node.tagName.toLowerCase()} ${String(node.className.baseVal ?? node.className).slice(0, 80)}` : String(node?.nodeName ?? '')).trim();
          const observe = (type, take, options) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });

          observe('largest-contentful-paint', (entry) => Object.assign(lcp, { at: entry.startTime, what: describe(entry.element) }));
          observe('layout-shift', (entry) => {
            if (entry.hadRecentInput) return;
            shifts.push([entry.startTime, entry.value]);
            for (const source of entry.sources) moved.set(describe(source.node), (moved.get(describe(source.node)) ?? 0) + entry.value);
          });
          // All events of one press have the same id; the slowest of them is what was felt.
          observe('event', (entry) => {
            if (!entry.interactionId || (interactions.get(entry.interactionId)?.ms ?? 0) >= entry.duration) return;
            const wait = entry.processingStart - entry.startTime;
            const work = entry.processingEnd - entry.processingStart;
            interactions.set(entry.interactionId, { event: entry.name, ms: entry.duration, wait, work, paint: Math.max(0, entry.duration - wait - work) });
          }, { durationThreshold: 16 });
          observe('long-animation-frame', (entry) => frames.push({
            ms: entry.duration,
            blocking: entry.blockingDuration,
            layout: entry.styleAndLayoutStart ? entry.startTime + entry.duration - entry.styleAndLayoutStart : 0,
            scripts: entry.scripts.map((script) => ({ by: script.invoker, at: `${script.sourceURL.replace(/^.*\//, '')}:${script.sourceCharPosition}`, name: script.sourceFunctionName, ms: script.duration, layout: script.forcedStyleAndLayoutDuration })).sort((a, b) => b.ms - a.ms).slice(0, 4),
          }));
          observe('resource', (entry) => {
            if (entry.initiatorType === 'fetch') reads = { count: reads.count + 1, bytes: reads.bytes + entry.decodedBodySize };
          });

          // The sum of shifts that come close together, at most five seconds of them; the worst of those sums.
          const shift = () => {
            let [worst, sum, first, last] = [0, 0, 0, 0];
            for (const [at, value] of shifts) {
              [sum, first] = sum > 0 && at - last < 1000 && at - first < 5000 ? [sum + value, first] : [value, at];
              last = at;
              worst = Math.max(worst, sum);
            }
            return worst;
          };
          const scripts = () => performance.getEntriesByType('resource').filter((entry) => new URL(entry.name).pathname.endsWith('.js')).map((entry) => ({ path: new URL(entry.name).pathname, bytes: entry.encodedBodySize, at: entry.startTime }));
          // A list is painted after the frame that follows its last change.
          const typing = () => {
            const keys = [];
            let shown = '';
            addEventListener('keydown', (event) => keys.push({ at: event.timeStamp, ms: null }), true);
            new MutationObserver(() => {
              const list = document.querySelector('[role=listbox][aria-label=Suggestions]')?.innerHTML ?? '';
              const key = keys.at(-1);
              if (list === shown || !key) return;
              shown = list;
              if (list === '') return;
              requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel();
                port1.onmessage = () => (key.ms = performance.now() - key.at);
                port2.postMessage(null);
              });
            }).observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true });
            return () => keys.map((key) => key.ms);
          };
          const take = () => {
            const taken = { interactions: [...interactions.values()], frames: frames.sort((a, b) => b.ms - a.ms), reads };
            [interactions, frames, reads] = [new Map(), [], { count: 0, bytes: 0 }];
            return taken;
          };
          window.benchmark = { page: () => ({ lcp, painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, shift: shift(), moved: [...moved].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([what, value]) => ({ what, value })), scripts: scripts(), interactions: performance.interactionCount }), take, typing };
        })();
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task<PageVitals> PageAsync(IPage page) => ReadAsync<PageVitals>(page, "window.benchmark.page()");

    /// <summary>What has come since the last time.</summary>
    public static Task<Taken> TakeAsync(IPage page) => ReadAsync<Taken>(page, "window.benchmark.take()");

    public static async Task<T> ReadAsync<T>(IPage page, string expression) =>
        JsonSerializer.Deserialize<T>(await page.EvaluateAsync<string>($"() => JSON.stringify({expression})"), Json)!;
}

/// <param name="Painted">When anything was there first.</param>
/// <param name="Shift">Cumulative layout shift.</param>
/// <param name="Moved">What moved most.</param>
/// <param name="Interactions">So many there were, those too short to be told included.</param>
internal sealed record PageVitals(Largest Lcp, double Painted, double Shift, IReadOnlyList<Moved> Moved, IReadOnlyList<LoadedScript> Scripts, int Interactions);

internal sealed record Largest(double At, string What);

internal sealed record Moved(string What, double Value);

/// <param name="Bytes">As they were sent.</param>
internal sealed record LoadedScript(string Path, long Bytes, double At);

/// <param name="Frames">Those of 50 ms and more, the longest first.</param>
internal sealed record Taken(IReadOnlyList<Interaction> Interactions, IReadOnlyList<LongFrame> Frames, Reads Reads);

/// <param name="Wait">Until the page could begin, of <paramref name="Ms"/>.</param>
/// <param name="Work">Its handlers.</param>
/// <param name="Paint">From then to the next frame.</param>
internal sealed record Interaction(string Event, double Ms, double Wait, double Work, double Paint);

internal sealed record LongFrame(double Ms, double Blocking, double Layout, IReadOnlyList<FrameScript> Scripts);

internal sealed record FrameScript(string By, string At, string Name, double Ms, double Layout);

/// <param name="Bytes">Uncompressed.</param>
internal sealed record Reads(int Count, long Bytes);
