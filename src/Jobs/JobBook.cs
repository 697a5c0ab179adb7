using System.Collections.Concurrent;
using Jobs.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jobs;

/// <summary>
/// The store behind group commits: items work one by one, the database sees sets. While the database is away it keeps trying: nothing is submitted
/// without a row, and what a provider has answered stays in memory until it is recorded.
/// </summary>
public sealed class JobBook(JobStore store, WorkerOptions options, TimeProvider time, ILogger<JobBook> logger) : IDisposable
{
    private static readonly TimeSpan TryAgainIn = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<(long ItemId, int Attempt), bool> _begun = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly GroupCommit<ClaimRequest, Claim> _claims = new(store.ClaimAsync, options.GatherFor, time);
    private readonly GroupCommit<JobUpdate, bool> _updates = new(store.UpdateAsync, options.GatherFor, time, handsOn: true);
    private readonly GroupCommit<JobRelease, bool> _releases = new(store.ReleaseAsync, options.GatherFor, time);

    /// <summary>Once a claim is under way it is waited for: one that nobody knows of would look like a submit of unknown fate.</summary>
    public async Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await UntilBackAsync(() => _claims.AddAsync(request, _stop.Token), cancellationToken);
    }

    /// <summary>Notes that a submit leaves now.</summary>
    public void Begin(WorkItem item) => _begun[item.Key] = true;

    /// <summary>Whether this process sent a submit of which nothing is written yet.</summary>
    public bool HasBegun(WorkItem item) => _begun.ContainsKey(item.Key);

    /// <summary>False when another process has taken the job over or ended it.</summary>
    public async Task<bool> UpdateAsync(JobUpdate update)
    {
        var written = await UntilBackAsync(() => _updates.AddAsync(update, _stop.Token), _stop.Token);
        _begun.TryRemove(update.Item.Key, out _);
        return written;
    }

    /// <summary>Lets others take a claimed attempt over at once. When the database is away they wait until this process's sign of life runs out.</summary>
    public async Task ReleaseAsync(JobRelease release)
    {
        try
        {
            await _releases.AddAsync(release, _stop.Token);
            _begun.TryRemove(release.Item.Key, out _);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            logger.DatabaseAway(exception.Message);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _claims.Dispose();
        _updates.Dispose();
        _releases.Dispose();
        _stop.Dispose();
    }

    private async Task<T> UntilBackAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception exception) when (exception is NpgsqlException { IsTransient: true } or TimeoutException)
            {
                logger.DatabaseAway(exception.Message);
                await Task.Delay(TryAgainIn, time, cancellationToken);
            }
        }
    }
}
