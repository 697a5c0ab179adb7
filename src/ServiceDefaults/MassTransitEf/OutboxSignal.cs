namespace ServiceDefaults.MassTransitEf;

/// <summary>Says that something was committed to the outbox, so that it leaves at once and not at the next look.</summary>
public sealed class OutboxSignal : IDisposable
{
    private readonly SemaphoreSlim _set = new(0, 1);

    public void Set()
    {
        try
        {
            _set.Release();
        }
        catch (SemaphoreFullException)
        {
            // Already set.
        }
    }

    public Task WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => _set.WaitAsync(limit, cancellationToken);

    public void Dispose() => _set.Dispose();
}
