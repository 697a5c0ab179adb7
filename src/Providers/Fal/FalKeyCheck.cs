using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Keys;

namespace Providers.Fal;

/// <summary>Asks for a place to upload a file to, and uploads none: fal has no call that only says who one is.</summary>
internal sealed class FalKeyCheck(FalClient client, WorkspaceKeys keys, IOptions<FalOptions> options) : VendorKeyCheck(ProviderNames.Fal, "fal", keys)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    protected override string Installation => options.Value.Key;

    protected override async Task<ItemFailure?> AskAsync(string key, CancellationToken cancellationToken) =>
        await client.InitiateUploadAsync(key, "image/png", "check.png", Life, cancellationToken) is { Ok: false } refused ? FalFailures.OfResult(refused) : null;
}
