using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Providers.Webhooks;

namespace Providers.Fal;

/// <summary>The keys that fal signs with, read again once a day, and sooner when one is missing, but not every time somebody sends nonsense.</summary>
internal sealed class FalKeys(IOptions<FalOptions> options, TimeProvider time, ILogger<FalKeys> logger) : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);
    private static readonly TimeSpan SoonestAgain = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = MostBytes,
    };

    private IReadOnlyList<byte[]> _keys = [];
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _triedAt;

    /// <param name="renew">None of the known ones did.</param>
    public async Task<IReadOnlyList<byte[]>> GetAsync(bool renew, CancellationToken cancellationToken)
    {
        if (!IsDue(renew))
        {
            return _keys;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (IsDue(renew))
            {
                _triedAt = time.GetUtcNow();
                _keys = Read(await _http.GetByteArrayAsync(options.Value.Jwks, cancellationToken));
                _readAt = _triedAt;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.KeysAway(exception.Message);
        }
        finally
        {
            _one.Release();
        }

        return _keys;
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    /// <summary>Those of the set that are Ed25519's.</summary>
    internal static IReadOnlyList<byte[]> Read(byte[] json)
    {
        using var set = JsonDocument.Parse(json);
        return set.RootElement.ValueKind == JsonValueKind.Object && set.RootElement.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(key => Text(key, "kty") == "OKP" && Text(key, "crv") == "Ed25519").Select(key => Bytes(Text(key, "x"))).OfType<byte[]>()]
            : [];
    }

    private bool IsDue(bool renew)
    {
        var now = time.GetUtcNow();
        return now - _triedAt is not { } since || (since >= SoonestAgain && (renew || now - _readAt is not { } age || age >= Life));
    }

    private static byte[]? Bytes(string? text)
    {
        var bytes = new byte[Ed25519.KeyBytes];
        return text is { Length: < 100 } && Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.DecodeFromChars(text, bytes) == length ? bytes : null;
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

internal static partial class FalLog
{
    [LoggerMessage(LogLevel.Warning, "fal's keys cannot be read, so its webhooks are refused; polling goes on: {Reason}")]
    public static partial void KeysAway(this ILogger logger, string reason);
}
