using Contracts.Costs.Grpc;
using ServiceDefaults.Grpc;

namespace Providers.Keys;

/// <summary>Keys as the cost service keeps them.</summary>
internal sealed class CostKeyShelf(CostClient costs) : IKeyShelf
{
    public async Task<ShelfView?> ReadAsync(string known, CancellationToken cancellationToken)
    {
        var reply = await costs.ListProviderKeysAsync(new ProviderKeysRequest { KnownVersion = known }, cancellationToken);
        return reply.Unchanged ? null : new ShelfView(
            reply.Version,
            [.. reply.Keys.Select(key => new SealedKey(key.TenantId, key.Provider, key.Sealed, key.Hint, DateTimeOffset.FromUnixTimeMilliseconds(key.ChangedAtMs)))]);
    }
}
