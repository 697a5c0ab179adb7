using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Benchmarks.Web;

/// <summary>One person at a gallery whose run goes on: what each press took to be seen.</summary>
internal sealed partial class GallerySession
{
    /// <summary>Milliseconds: browsers tell of nothing shorter.</summary>
    public const double ShortestTold = 16;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(8);
    // Different each time, so that presses fall into every part of what the page does by itself.
    private static readonly int[] Pauses = [420, 630, 510, 770, 360, 690, 580];

    private readonly IPage _page;
    private readonly Dictionary<string, List<double>> _kinds = [];
    private readonly List<(string Kind, Interaction Interaction)> _interactions = [];
    private readonly List<LongFrame> _frames = [];
    private int _events;
    private int _outputs;
    private int _acts;

    private GallerySession(IPage page) => _page = page;

    public double OpenedAfter { get; private set; }

    public double EventsPerSecond { get; private set; }

    public double OutputsPerSecond { get; private set; }

    /// <summary>As browsers' field data has it: the slowest interaction, one slow one left out for every fifty.</summary>
    public double ToNextPaint { get; private set; }

    public double Shift { get; private set; }

    public IReadOnlyList<Moved> Moved { get; private set; } = [];

    public double LongestScrollFrame { get; private set; }

    public double ScrollFrameP95 { get; private set; }

    public double LongestIdleFrame { get; private set; }

    public double IdleBlocked { get; private set; }

    public double IdleReads { get; private set; }

    public double IdleMegabytes { get; private set; }

    public IEnumerable<string> Kinds => _kinds.Keys;

    public IEnumerable<object> Slowest => _interactions.OrderByDescending(one => one.Interaction.Ms).Take(5).Select(one => new { one.Kind, one.Interaction });

    public IEnumerable<LongFrame> LongestFrames => _frames.OrderByDescending(frame => frame.Ms).Take(5);

    public IReadOnlyList<double> Of(string kind) => _kinds[kind];

    public static async Task<GallerySession> RunAsync(IPage page, long pipeline, int pictures)
    {
        var session = new GallerySession(page);
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => session.Hear(frame.Text);
        await session.OpenAsync(pipeline, pictures);
        var start = Stopwatch.GetTimestamp();
        (session._events, session._outputs) = (0, 0);
        await session.WatchAsync();
        await session.UseAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        session.EventsPerSecond = session._events / seconds;
        session.OutputsPerSecond = session._outputs / seconds;

        var vitals = await Vitals.PageAsync(page);
        (session.Shift, session.Moved) = (vitals.Shift, vitals.Moved);
        var slowest = session._interactions.Select(one => one.Interaction.Ms).OrderDescending().ToList();
        session.ToNextPaint = slowest.Count == 0 ? ShortestTold : slowest[Math.Min(slowest.Count - 1, vitals.Interactions / 50)];
        return session;
    }

    private async Task OpenAsync(long pipeline, int pictures)
    {
        var start = Stopwatch.GetTimestamp();
        await _page.GotoAsync($"/jobs/{pipeline}");
        var images = _page.Locator("label").Filter(new() { HasTextRegex = ImagesLabel() });
        await images.WaitForAsync();
        await _page.WaitForFunctionAsync(
            "pictures => [...document.querySelectorAll('main label')].some(label => /^Images/.test(label.textContent) && Number(label.textContent.replace(/\\D/g, '')) >= pictures)",
            pictures, new() { Timeout = 120_000 });
        OpenedAfter = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await _page.GetByRole(AriaRole.Radio, new() { NameRegex = AllLabel() }).CheckAsync();
        await _page.Locator("main figure").First.WaitForAsync();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
    }

    private async Task WatchAsync()
    {
        await Vitals.TakeAsync(_page);
        await Task.Delay(Idle, TimeProvider.System);
        var idle = await Vitals.TakeAsync(_page);
        _frames.AddRange(idle.Frames);
        LongestIdleFrame = idle.Frames.Select(frame => frame.Ms).DefaultIfEmpty(0).Max();
        IdleBlocked = idle.Frames.Sum(frame => frame.Blocking) / Idle.TotalSeconds;
        IdleReads = idle.Reads.Count / Idle.TotalSeconds;
        IdleMegabytes = idle.Reads.Bytes / Idle.TotalSeconds / 1_000_000;
    }

    private async Task UseAsync()
    {
        await _page.Locator("main h1").ClickAsync();
        for (var press = 0; press < 4; press++)
        {
            var before = await ScrolledAsync();
            await ActAsync("page down", () => _page.Keyboard.PressAsync("PageDown"), async () => await ScrolledAsync() > before);
        }

        await ScrollByWheelAsync();
        for (var press = 0; press < 3; press++)
        {
            var box = _page.Locator("main").GetByRole(AriaRole.Checkbox, new() { Name = $"Select {await LabelInViewAsync()}", Exact = true });
            await ActAsync("select", () => ClickAsync(box), async () => await box.GetAttributeAsync("aria-checked") == "true");
            await ActAsync("unselect", () => ClickAsync(box), async () => await box.GetAttributeAsync("aria-checked") == "false");
        }

        var full = _page.GetByRole(AriaRole.Dialog);
        for (var press = 0; press < 3; press++)
        {
            var tile = _page.Locator("main").GetByRole(AriaRole.Button, new() { Name = await LabelInViewAsync(), Exact = true });
            await ActAsync("open full view", () => ClickAsync(tile), async () => await full.IsVisibleAsync());
            await ActAsync("next in full view", () => _page.Keyboard.PressAsync("ArrowRight"), async () => await full.IsVisibleAsync());
            await ActAsync("close full view", () => _page.Keyboard.PressAsync("Escape"), async () => !await full.IsVisibleAsync());
        }

        foreach (var layout in new[] { "Grid", "Masonry", "Carousel", "Rows" })
        {
            await ChooseAsync("change layout", new Regex($"^{layout}$"));
        }

        foreach (var filter in new[] { VideosLabel(), AllLabel(), ImagesLabel(), AllLabel() })
        {
            await ChooseAsync("filter", filter);
        }
    }

    private Task ChooseAsync(string kind, Regex name)
    {
        var radio = _page.Locator("main").GetByRole(AriaRole.Radio, new() { NameRegex = name });
        return ActAsync(kind, () => ClickAsync(radio), () => radio.IsCheckedAsync());
    }

    /// <summary>By the mouse alone: whatever else finds and checks the place is over before.</summary>
    private async Task ClickAsync(ILocator locator)
    {
        await locator.ScrollIntoViewIfNeededAsync();
        var box = (await locator.BoundingBoxAsync())!;
        await Vitals.TakeAsync(_page);
        await _page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
    }

    private async Task ActAsync(string kind, Func<Task> act, Func<Task<bool>> happened)
    {
        await Vitals.TakeAsync(_page);
        await act();
        await Task.Delay(TimeSpan.FromMilliseconds(Pauses[_acts++ % Pauses.Length]), TimeProvider.System);
        var tries = 0;
        while (!await happened())
        {
            if (++tries > 20)
            {
                throw new InvalidOperationException($"'{kind}' did nothing.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }

        var taken = await Vitals.TakeAsync(_page);
        _frames.AddRange(taken.Frames);
        _interactions.AddRange(taken.Interactions.Select(interaction => (kind, interaction)));
        if (!_kinds.TryGetValue(kind, out var samples))
        {
            _kinds[kind] = samples = [];
        }

        samples.Add(taken.Interactions.Select(interaction => interaction.Ms).DefaultIfEmpty(ShortestTold).Max());
    }

    private async Task ScrollByWheelAsync()
    {
        await _page.Mouse.MoveAsync(500, 600);
        await _page.EvaluateAsync("""
            () => {
              window.scrollFrames = [];
              let last = performance.now();
              const frame = (now) => { window.scrollFrames?.push(now - last); last = now; if (window.scrollFrames) requestAnimationFrame(frame); };
              requestAnimationFrame(frame);
            }
            """);
        for (var turn = 0; turn < 40; turn++)
        {
            await _page.Mouse.WheelAsync(0, 300);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        var frames = (await _page.EvaluateAsync<double[]>("() => { const frames = window.scrollFrames; window.scrollFrames = null; return frames; }")).Skip(1).Order().ToList();
        LongestScrollFrame = frames[^1];
        ScrollFrameP95 = frames[(int)(frames.Count * 0.95)];
        _frames.AddRange((await Vitals.TakeAsync(_page)).Frames);
    }

    private Task<double> ScrolledAsync() => _page.EvaluateAsync<double>("() => document.querySelector('main').scrollTop");

    private async Task<string> LabelInViewAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        return await _page.EvaluateAsync<string?>("""
            () => {
              const whole = [...document.querySelectorAll('main figure')].filter((figure) => {
                const { top, bottom, left, right } = figure.getBoundingClientRect();
                return top > 150 && bottom < innerHeight - 150 && left > 0 && right < document.querySelector('main').getBoundingClientRect().right;
              });
              return whole.map((figure) => figure.querySelector('button')?.getAttribute('aria-label')).find(Boolean);
            }
            """) ?? throw new InvalidOperationException("No output is wholly in view.");
    }

    private void Hear(string? frame)
    {
        if (frame is not ['[' or '{', ..])
        {
            return;
        }

        using var json = JsonDocument.Parse(frame);
        var events = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement.EnumerateArray().ToList() : [json.RootElement];
        Interlocked.Add(ref _events, events.Count(one => one.TryGetProperty("event", out _)));
        Interlocked.Add(ref _outputs, events.Count(one => one.TryGetProperty("event", out var name) && name.GetString() == "output_ready"));
    }

    [GeneratedRegex("^All")]
    private static partial Regex AllLabel();

    [GeneratedRegex("^Images")]
    private static partial Regex ImagesLabel();

    [GeneratedRegex("^Videos")]
    private static partial Regex VideosLabel();
}
