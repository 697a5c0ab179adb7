using Npgsql;

namespace PipelineService.Idempotency;

/// <summary>Holds a key while its request is being answered, by saying so now and then.</summary>
internal sealed class Hold : IAsyncDisposable
{
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;
    private DateTimeOffset _heldSince;

    public Hold(IdempotencyStore store, RequestKey key, DateTimeOffset heldSince, TimeSpan lease, TimeProvider time)
    {
        _heldSince = heldSince;
        _renewing = RenewAsync(store, key, lease / 3, time, _released.Token);
    }

    /// <summary>Stops renewing; the time under which the key is held.</summary>
    public async Task<DateTimeOffset> ReleaseAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        return _heldSince;
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        _released.Dispose();
    }

    private async Task RenewAsync(IdempotencyStore store, RequestKey key, TimeSpan every, TimeProvider time, CancellationToken released)
    {
        while (true)
        {
            try
            {
                await Task.Delay(every, time, released);
                // not cancelled by the release: a renewal under way would leave it unknown under which time the key is held
                if (await store.RenewAsync(key, _heldSince, time.GetUtcNow(), CancellationToken.None) is not { } renewed)
                {
                    return;
                }

                _heldSince = renewed;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (NpgsqlException)
            {
                // the database is away; what is left of the lease still holds
            }
        }
    }
}
