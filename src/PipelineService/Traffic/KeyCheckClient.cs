using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Providers;
using Providers.Keys;
using ServiceDefaults;
using ServiceDefaults.Identity;

namespace PipelineService.Traffic;

/// <summary>Has a key tried by a service that calls its vendor: prompts' by EnhancerService, all others' by ImageWorker.</summary>
internal sealed class KeyCheckClient(HttpClient http, IConfiguration configuration, InternalToken tokens)
{
    /// <summary>Null when no service answers that could try it.</summary>
    public async Task<KeyCheck?> CheckAsync(Caller caller, string provider, CancellationToken cancellationToken)
    {
        var service = provider == ProviderNames.Anthropic ? "enhancerservice" : "imageworker";
        if (!Uri.TryCreate(configuration[$"services:{service}:http:0"], UriKind.Absolute, out var address))
        {
            return null;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, $"/internal/providers/{provider}/check"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(caller));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK ? await answer.Content.ReadFromJsonAsync<KeyCheck>(PipelineJson.Options, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
