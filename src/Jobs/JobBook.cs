using Jobs.Storage;

namespace Jobs;

/// <summary>The store behind group commits: items work one by one, the database sees sets.</summary>
public sealed class JobBook(JobStore store) : IDisposable
{
    private readonly GroupCommit<ClaimRequest, Claim> _claims = new(store.ClaimAsync);
    private readonly GroupCommit<JobUpdate, bool> _updates = new(store.UpdateAsync);

    public Task<Claim> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) => _claims.AddAsync(request, cancellationToken);

    public Task UpdateAsync(JobUpdate update, CancellationToken cancellationToken) => _updates.AddAsync(update, cancellationToken);

    public void Dispose()
    {
        _claims.Dispose();
        _updates.Dispose();
    }
}
