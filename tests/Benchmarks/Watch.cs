namespace Benchmarks;

/// <summary>Watches process trees while something runs: CPU used in between, and the most memory seen.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);
    private readonly Func<IReadOnlyList<int>> _roots;
    private readonly IReadOnlyList<int> _except;
    private readonly CancellationTokenSource _stop = new();
    private readonly double _cpu;
    private readonly Task _sampling;

    private Watch(Func<IReadOnlyList<int>> roots, IReadOnlyList<int> except)
    {
        _roots = roots;
        _except = except;
        _cpu = ProcessTrees.CpuSeconds(roots(), except);
        _sampling = Task.Run(SampleAsync);
    }

    /// <summary>Most megabytes seen so far.</summary>
    public double PeakMegabytes { get; private set; }

    /// <summary>CPU seconds since it began.</summary>
    public double CpuSeconds => ProcessTrees.CpuSeconds(_roots(), _except) - _cpu;

    /// <param name="except">Processes that are left out with all of theirs.</param>
    public static Watch Begin(IReadOnlyList<int> roots, params IReadOnlyList<int> except) => new(() => roots, except);

    /// <param name="roots">Asked again at every look, because the processes come and go.</param>
    public static Watch Begin(Func<IReadOnlyList<int>> roots) => new(roots, []);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sampling;
        _stop.Dispose();
    }

    private async Task SampleAsync()
    {
        try
        {
            while (true)
            {
                PeakMegabytes = Math.Max(PeakMegabytes, ProcessTrees.ResidentMegabytes(_roots(), _except));
                await Task.Delay(Every, TimeProvider.System, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            PeakMegabytes = Math.Max(PeakMegabytes, ProcessTrees.ResidentMegabytes(_roots(), _except));
        }
    }
}
