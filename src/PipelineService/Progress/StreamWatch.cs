using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>One timer for all open streams: fills silence with heartbeats and ends those whose clients take nothing.</summary>
internal sealed class StreamWatch(IOptions<ProgressOptions> options, TimeProvider time) : BackgroundService
{
    public static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<OpenStream> _open = [];

    public IReadOnlyList<OpenStream> Open
    {
        get
        {
            lock (_lock)
            {
                return [.. _open];
            }
        }
    }

    public Watching Add(OpenStream stream)
    {
        lock (_lock)
        {
            _open.Add(stream);
        }

        return new Watching(this, stream);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (heartbeat, patience) = (options.Value.HeartbeatEvery, options.Value.SendTimeout);
        using var timer = new PeriodicTimer(new[] { heartbeat, patience, GoodbyeTime }.Min() / 4, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var stream in Open)
            {
                stream.Look(heartbeat, patience, GoodbyeTime);
            }
        }
    }

    private void Remove(OpenStream stream)
    {
        lock (_lock)
        {
            _open.Remove(stream);
        }
    }

    public readonly struct Watching(StreamWatch watch, OpenStream stream) : IDisposable
    {
        public void Dispose() => watch.Remove(stream);
    }
}
