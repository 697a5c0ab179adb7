using Microsoft.Extensions.Options;
using Providers.Http;

namespace Providers.OpenAi;

/// <summary>Calls OpenAI. The key goes to the configured address and nowhere else.</summary>
internal sealed class OpenAiClient(IOptions<OpenAiOptions> options, TimeProvider time) : IDisposable
{
    public const string Vendor = "OpenAI";
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(30);
    private const int MostJsonBytes = 1 << 20;
    private const int MostKeyLetters = 200;

    private readonly OpenAiOptions _options = options.Value;
    private readonly VendorHttp _http = new(Vendor, time);

    /// <summary>Asks for a picture. There is no limit for a picture's length in the answer but that of the options.</summary>
    /// <param name="apiKey">Of whom it is for.</param>
    /// <param name="form">Disposed here.</param>
    /// <param name="key">Ours of the request, so that OpenAI can find it.</param>
    /// <param name="path">Where the picture goes; the caller's to delete, whatever comes.</param>
    /// <exception cref="TimeoutException">No whole answer in time.</exception>
    /// <exception cref="HttpRequestException">No connection or no answer.</exception>
    /// <exception cref="IOException">The answer broke off, or could not be stored.</exception>
    public Task<OpenAiPicture> EditAsync(string apiKey, HttpContent form, string key, string path, CancellationToken cancellationToken) =>
        _http.SendAsync(
            Request(apiKey, "images/edits", form, key),
            _options.ImageTimeout,
            async (answer, limit) =>
            {
                await using var body = await answer.Content.ReadAsStreamAsync(limit);
                var read = await JsonWithFile.ReadAsync(body, "b64_json", path, MostJsonBytes, _options.MaxImageBytes, limit);
                return new OpenAiPicture(_http.Answer(answer, read.Json, read.Text), read.Flaw, read.FileBytes);
            },
            cancellationToken);

    /// <summary>The models that a key may use; costs nothing.</summary>
    public Task<VendorAnswer> ModelsAsync(string apiKey, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _options.Address("models"));
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + apiKey);
        return _http.SendAsync(request, CheckTimeout, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>OpenAI's id of a request, as far as it looks like one.</summary>
    public static string? RequestId(VendorAnswer answer) => answer.Header("x-request-id") is { Length: > 0 and <= 100 } id && id.All(IsIdLetter) ? id : null;

    private HttpRequestMessage Request(string apiKey, string path, HttpContent content, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _options.Address(path)) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + apiKey);
        request.Headers.Add("X-Client-Request-Id", new string([.. key.Select(letter => IsIdLetter(letter) ? letter : '_').Take(MostKeyLetters)]));
        request.Headers.Add("User-Agent", "Pipeline/1.0");
        return request;
    }

    private static bool IsIdLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-';
}

/// <summary>The answer to a request for a picture.</summary>
/// <param name="Answer">Without the picture.</param>
/// <param name="Flaw">Why it could not be read.</param>
/// <param name="Bytes">Length of the picture; 0 when there was none.</param>
internal sealed record OpenAiPicture(VendorAnswer Answer, JsonFlaw Flaw, long Bytes);
