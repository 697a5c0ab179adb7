using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Keys;
using Providers.Prompts;

namespace Providers.OpenAi;

/// <summary>Asks for the list of models.</summary>
internal sealed class OpenAiKeyCheck(OpenAiClient client, WorkspaceKeys keys, IOptions<OpenAiOptions> options) : VendorKeyCheck(ProviderNames.OpenAi, OpenAiClient.Vendor, keys)
{
    protected override string Installation => options.Value.ApiKey;

    protected override async Task<ItemFailure?> AskAsync(string key, CancellationToken cancellationToken) =>
        await client.ModelsAsync(key, cancellationToken) is { } answer && (int)answer.Status is < 200 or >= 300
            ? TextFailures.Of(OpenAiClient.Vendor, (int)answer.Status, null, answer.RetryAfter)
            : null;
}
