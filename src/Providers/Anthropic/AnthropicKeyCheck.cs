using Contracts.Generation;
using Microsoft.Extensions.Options;
using Providers.Http;
using Providers.Keys;
using Providers.Prompts;

namespace Providers.Anthropic;

/// <summary>Asks for the list of models.</summary>
internal sealed class AnthropicKeyCheck(WorkspaceKeys keys, IOptions<AnthropicOptions> options, TimeProvider time)
    : VendorKeyCheck(ProviderNames.Anthropic, Vendor, keys), IDisposable
{
    private const string Vendor = "Anthropic";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly VendorHttp _http = new(Vendor, time);

    protected override string Installation => options.Value.ApiKey;

    public void Dispose() => _http.Dispose();

    protected override async Task<ItemFailure?> AskAsync(string key, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(options.Value.BaseUrl, "/v1/models?limit=1"));
        request.Headers.TryAddWithoutValidation("x-api-key", key);
        request.Headers.Add("anthropic-version", "2023-06-01");
        var answer = await _http.SendAsync(request, Limit, cancellationToken);
        return (int)answer.Status is >= 200 and < 300 ? null : TextFailures.Of(Vendor, (int)answer.Status, null, answer.RetryAfter);
    }
}
