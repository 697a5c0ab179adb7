using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Prompts;

namespace Providers.Replicate;

/// <summary>Asks whose token it is.</summary>
internal sealed class ReplicateKeyCheck(ReplicateClient client, WorkspaceKeys keys, IOptions<ReplicateOptions> options) : VendorKeyCheck(ProviderNames.Replicate, "Replicate", keys)
{
    protected override string Installation => options.Value.Token;

    protected override async Task<ItemFailure?> AskAsync(string key, CancellationToken cancellationToken) =>
        await client.AccountAsync(key, cancellationToken) is { Ok: false } refused ? TextFailures.Of("Replicate", (int)refused.Status, null, refused.RetryAfter) : null;
}
