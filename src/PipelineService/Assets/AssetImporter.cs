using System.Net;
using System.Security.Authentication;
using Media;
using Media.Fetching;
using Media.Storage;
using Microsoft.Extensions.Options;

namespace PipelineService.Assets;

/// <summary>What became of an address to fetch.</summary>
internal abstract record ImportResult
{
    private ImportResult()
    {
    }

    public sealed record Imported(Asset Asset) : ImportResult;

    /// <param name="Reason">A sentence for the person who gave the address.</param>
    public sealed record Refused(string Reason) : ImportResult;
}

/// <summary>
/// Fetches a picture from an address and stores it as an uploaded asset: http and https, public addresses only, bounded in size and time, judged by
/// content. May be called for several addresses at once.
/// </summary>
internal sealed class AssetImporter(
    GuardedHttp http, MediaStoring storing, AssetShelf shelf, TimeProvider time, IOptions<AssetsOptions> options, IOptions<MediaOptions> media)
{
    private const int MaxUrlLength = 2048;

    private readonly AssetsOptions _options = options.Value;
    private readonly long _maxBytes = media.Value.MaxImageBytes;

    /// <summary>Whether the text can be fetched at all, before anything is asked of the network: null, or the reason why not.</summary>
    public static string? Refusal(string url) => TryParse(url, out _);

    /// <summary>The same bytes again are the asset that stands already.</summary>
    public async Task<ImportResult> ImportAsync(long tenantId, string url, CancellationToken cancellationToken)
    {
        if (TryParse(url, out var address) is { } refusal)
        {
            return new ImportResult.Refused(refusal);
        }

        var path = Path.Combine(Path.GetTempPath(), $"import-{Guid.NewGuid():N}");
        try
        {
            return await FetchAsync(address, path, cancellationToken) is { } reason
                ? new ImportResult.Refused(reason)
                : await StoreAsync(tenantId, address, path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<ImportResult> StoreAsync(long tenantId, Uri address, string path, CancellationToken cancellationToken)
    {
        var stored = await storing.StoreUploadAsync(tenantId, path, cancellationToken);
        if (stored is not StoringResult.Stored { Media: var picture })
        {
            return new ImportResult.Refused(((StoringResult.Refused)stored).Reason);
        }

        var name = Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/'));
        var added = await shelf.AddAsync(tenantId, [new NewAsset(name, picture)], cancellationToken);
        return added[0] is { } asset ? new ImportResult.Imported(asset) : new ImportResult.Refused(AssetShelf.DeletedMeanwhile);
    }

    /// <summary>Null when the file is at <paramref name="path"/>, else the reason.</summary>
    private async Task<string?> FetchAsync(Uri address, string path, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ImportTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await FollowAsync(address, path, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The address took longer than {_options.ImportTimeout.TotalSeconds:0.#} seconds.";
        }
        catch (HttpRequestException exception)
        {
            return Explain(exception);
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            return "The connection to the address broke off.";
        }
    }

    private async Task<string?> FollowAsync(Uri address, string path, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= _options.MaxRedirects; redirects++)
        {
            using var answer = await http.GetAsync(address, "image/png, image/jpeg, image/webp", cancellationToken);
            if (IsRedirect(answer.StatusCode) && answer.Headers.Location is { } location)
            {
                if (TryParse(new Uri(address, location).AbsoluteUri, out address) is { } refusal)
                {
                    return "It redirects to an address that is not taken: " + refusal;
                }

                continue;
            }

            return answer.IsSuccessStatusCode
                ? await SaveAsync(answer.Content, path, cancellationToken)
                : $"The address answered {(int)answer.StatusCode} instead of a picture.";
        }

        return $"The address redirects more than {_options.MaxRedirects} times.";
    }

    private async Task<string?> SaveAsync(HttpContent content, string path, CancellationToken cancellationToken)
    {
        var tooLarge = $"The file is larger than {_maxBytes / (1024 * 1024)} MB.";
        if (content.Headers.ContentLength > _maxBytes)
        {
            return tooLarge;
        }

        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        return await BoundedFile.WriteAsync(body, path, _maxBytes, cancellationToken) is null ? tooLarge : null;
    }

    private static string? TryParse(string url, out Uri address)
    {
        address = null!;
        if (url.Length > MaxUrlLength)
        {
            return $"The address is longer than {MaxUrlLength} characters.";
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https") || parsed.Host.Length == 0)
        {
            return "This is not an http or https address.";
        }

        if (parsed.UserInfo.Length > 0)
        {
            return "Addresses with a user name or password are not taken.";
        }

        address = parsed;
        return null;
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static string Explain(HttpRequestException exception) => exception switch
    {
        { InnerException: AddressRefusedException refused } => refused.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } => "The name in the address cannot be found.",
        { InnerException: System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.TryAgain or System.Net.Sockets.SocketError.NoData } } =>
            "The name in the address cannot be found.",
        { InnerException: AuthenticationException } => "The address has no valid certificate.",
        { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse } => "The address did not answer as a web server does.",
        _ => "The address cannot be reached.",
    };
}
