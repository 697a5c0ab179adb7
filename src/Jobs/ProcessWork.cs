using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace Jobs;

/// <summary>
/// Work that belongs to the process, not to the delivery that brought it: when the broker goes away, what a provider was asked for goes on, and the
/// redelivery finds it in hand. Only the end of the process breaks it off, after <see cref="WorkerOptions.StopItems"/>.
/// </summary>
public sealed class ProcessWork(WorkerOptions options, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan UnwindLimit = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stop = new();

    /// <param name="work">Gets the token of the process's end; when it heeds it, it has given back what it held.</param>
    /// <param name="delivery">Ends the wait, not the work.</param>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken delivery)
    {
        ArgumentNullException.ThrowIfNull(work);
        var running = work(_stop.Token);
        _running[running] = true;
        _ = running.ContinueWith(over => _running.TryRemove(over, out _), TaskScheduler.Default);
        try
        {
            await running.WaitAsync(delivery);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested && !delivery.IsCancellationRequested)
        {
            // The broker takes the delivery back when the endpoint stops; ended before, it would count as a fault of the message.
            await Task.Delay(Timeout.InfiniteTimeSpan, time, delivery);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stop.CancelAfter(options.StopItems);
        return Task.CompletedTask;
    }

    /// <summary>After the bus: what still runs lost its delivery before.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_running.Keys), Task.Delay(UnwindLimit, time, CancellationToken.None));
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stop.Dispose();
}
