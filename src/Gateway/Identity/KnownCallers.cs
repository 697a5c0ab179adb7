using System.Collections.Concurrent;
using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ServiceDefaults.Identity;

namespace Gateway.Identity;

/// <summary>Finds who a credential stands for: in memory for a short while, else in the database.</summary>
internal sealed class KnownCallers(IServiceScopeFactory scopes, IOptions<CredentialOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<Credential, Entry> _entries = new();
    private readonly Lock _forgetting = new();
    private long _generation;

    public KnownCaller? Remembered(Credential credential) =>
        _entries.TryGetValue(credential, out var entry) && entry.Until > time.GetUtcNow() ? entry.Caller : null;

    public async Task<KnownCaller?> FindAsync(Credential credential, CancellationToken cancellationToken)
    {
        if (credential.Hash is not { } hash)
        {
            return null;
        }

        var generation = Interlocked.Read(ref _generation);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GatewayDbContext>();
        var caller = credential.Kind == CredentialKind.Key
            ? await FindKeyAsync(db, Convert.FromHexString(hash), cancellationToken)
            : await FindSessionAsync(db, Convert.FromHexString(hash), cancellationToken);
        if (caller is not null)
        {
            Remember(credential, caller, generation);
        }

        return caller;
    }

    /// <summary>Forgets those that match, also the ones being looked up right now.</summary>
    public void Forget(Func<KnownCaller, bool> match)
    {
        lock (_forgetting)
        {
            _generation++;
            foreach (var (credential, entry) in _entries)
            {
                if (match(entry.Caller))
                {
                    _entries.TryRemove(credential, out _);
                }
            }
        }
    }

    private void Remember(Credential credential, KnownCaller caller, long generation)
    {
        lock (_forgetting)
        {
            // What was read before something was revoked may be that very thing.
            if (generation != _generation)
            {
                return;
            }

            if (_entries.Count >= options.Value.CacheSize)
            {
                _entries.Clear();
            }

            _entries[credential] = new Entry(caller, time.GetUtcNow() + options.Value.CacheFor);
        }
    }

    private async Task<KnownCaller?> FindKeyAsync(GatewayDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.AsNoTracking()
            .Where(row => row.Hash == hash && row.RevokedAt == null)
            .Select(row => new { row.Id, row.TenantId, row.Name, row.Scopes })
            .SingleOrDefaultAsync(cancellationToken);
        if (key is null)
        {
            return null;
        }

        await db.ApiKeys.Where(row => row.Id == key.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(one => one.LastUsedAt, time.GetUtcNow()), cancellationToken);
        return new KnownCaller(new Caller(key.TenantId, null, key.Id, key.Scopes) { Name = NameOf(key.Name) }, CredentialKind.Key, null);
    }

    private async Task<KnownCaller?> FindSessionAsync(GatewayDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = await db.Sessions.AsNoTracking()
            .Where(row => row.TokenHash == hash && row.ExpiresAt > now)
            .Select(row => new
            {
                row.Id,
                row.TenantId,
                row.UserId,
                User = db.Users.Where(user => user.Id == row.UserId && user.TenantId == row.TenantId).Select(user => user.Name).FirstOrDefault(),
                Key = db.ApiKeys.Where(key => key.Id == row.ApiKeyId && key.TenantId == row.TenantId).Select(key => new { key.Id, key.Name, key.Scopes, key.RevokedAt }).FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return session is null or { Key.RevokedAt: not null }
            ? null
            : new KnownCaller(
                new Caller(session.TenantId, session.UserId, session.Key?.Id, session.Key?.Scopes ?? Scopes.All) { Name = session.User ?? NameOf(session.Key?.Name) }, CredentialKind.Session,
                session.Id);
    }

    // A key may be called like a person.
    private static string? NameOf(string? key) => key is null ? null : $"API key {key}";

    private sealed record Entry(KnownCaller Caller, DateTimeOffset Until);
}
