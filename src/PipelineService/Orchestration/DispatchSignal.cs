using System.Collections.Concurrent;

namespace PipelineService.Orchestration;

/// <summary>Says within this process that a lane has something to send or room to send it.</summary>
internal sealed class DispatchSignal
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _lanes = new(StringComparer.Ordinal);

    public void Set(string lane)
    {
        try
        {
            Lane(lane).Release();
        }
        catch (SemaphoreFullException)
        {
            // Already set.
        }
    }

    public Task<bool> WaitAsync(string lane, TimeSpan limit, CancellationToken cancellationToken) => Lane(lane).WaitAsync(limit, cancellationToken);

    private SemaphoreSlim Lane(string lane) => _lanes.GetOrAdd(lane, _ => new SemaphoreSlim(0, 1));
}
