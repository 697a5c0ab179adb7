using System.Threading.Channels;

namespace Jobs;

/// <summary>
/// Turns many concurrent requests into few statements: takes what has gathered while the last statement ran, never waits for more. When a batch fails,
/// each of its requests is tried alone, so that a bad one does not take the others down.
/// </summary>
public sealed class GroupCommit<TRequest, TAnswer>(Func<IReadOnlyList<TRequest>, CancellationToken, Task<IReadOnlyList<TAnswer>>> commit, int most = 256) : IDisposable
{
    private readonly Channel<Waiting> _incoming = Channel.CreateUnbounded<Waiting>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;

    public async Task<TAnswer> AddAsync(TRequest request, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(request, new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        _ = LazyInitializer.EnsureInitialized(ref _loop, () => Task.Run(RunAsync, CancellationToken.None));
        await _incoming.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Done.Task.WaitAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Waiting>();
        try
        {
            while (await _incoming.Reader.WaitToReadAsync(_stop.Token))
            {
                batch.Clear();
                while (batch.Count < most && _incoming.Reader.TryRead(out var waiting))
                {
                    batch.Add(waiting);
                }

                await CommitAsync(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            var answers = await commit([.. batch.Select(waiting => waiting.Request)], _stop.Token);
            for (var index = 0; index < batch.Count; index++)
            {
                batch[index].Done.TrySetResult(answers[index]);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (batch.Count == 1)
            {
                batch[0].Done.TrySetException(exception);
                return;
            }

            foreach (var waiting in batch)
            {
                await CommitAsync([waiting]);
            }
        }
    }

    private sealed record Waiting(TRequest Request, TaskCompletionSource<TAnswer> Done);
}
