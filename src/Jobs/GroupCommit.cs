using System.Threading.Channels;
using Npgsql;

namespace Jobs;

/// <summary>
/// Turns many concurrent requests into few statements: takes what has gathered while the last statement ran and, when there was company last time, what
/// comes in the next moment. When the database refuses a batch, each of its requests is tried alone, so that a bad one does not take the others down.
/// </summary>
/// <param name="gather">How long that moment is; at least 1 ms, a timer knows nothing shorter.</param>
/// <param name="handsOn">
/// The callers only hand their answer on, so they do it on this thread, one after the other: to wake another for each costs more than what it would do.
/// </param>
public sealed class GroupCommit<TRequest, TAnswer>(
    Func<IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TAnswer>>> commit, TimeSpan gather, TimeProvider time, int most = 256, bool handsOn = false) : IDisposable
{
    private readonly Channel<Waiting> _incoming = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _starting = new();
    private Task? _loop;

    /// <summary>The answer, or the exception of the statement. Giving up the wait does not take the request back.</summary>
    public async Task<TAnswer> AddAsync(TRequest request, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(request, new TaskCompletionSource<TAnswer>(handsOn ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously));
        // One loop, also when many begin at once: two readers would lose what waits.
        lock (_starting)
        {
            _loop ??= Task.Run(RunAsync, CancellationToken.None);
        }

        await _incoming.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the waits that are left with an <see cref="OperationCanceledException"/>.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _incoming.Writer.TryComplete();
        while (_incoming.Reader.TryRead(out var waiting))
        {
            waiting.Done.TrySetCanceled();
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var stopped = _stop.Token;
        var batch = new List<Waiting>();
        try
        {
            while (await _incoming.Reader.WaitToReadAsync(stopped))
            {
                if (batch.Count > 1)
                {
                    await Task.Delay(gather, time, stopped);
                }

                batch.Clear();
                while (batch.Count < most && _incoming.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                await CommitAsync(batch, stopped);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task CommitAsync(List<Waiting> batch, CancellationToken stopped)
    {
        try
        {
            var answers = await commit([.. batch.Select(waiting => waiting.Request)], stopped);
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Done.TrySetResult(answers[index]);
            }
        }
        catch (PostgresException exception) when (!exception.IsTransient && batch.Count > 1)
        {
            foreach (var waiting in batch)
            {
                await CommitAsync([waiting], stopped);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            batch.ForEach(waiting => waiting.Done.TrySetException(exception));
        }
    }

    private sealed record Waiting(TRequest Request, TaskCompletionSource<TAnswer> Done);
}
