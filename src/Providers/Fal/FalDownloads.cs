using Contracts.Generation;
using Media.Fetching;
using Microsoft.Extensions.Options;

namespace Providers.Fal;

/// <summary>Fetches what fal made: from its media hosts only, without the key, bounded in size and time, never from inside a private network.</summary>
internal sealed class FalDownloads : IDisposable
{
    private const int MostRedirects = 3;

    private readonly FalOptions _options;
    private readonly string[] _hosts;
    private readonly GuardedHttp _http;

    public FalDownloads(IOptions<FalOptions> options)
    {
        _options = options.Value;
        _hosts = [.. _options.AllowedHosts];
        _http = new GuardedHttp(_hosts.Where(host => System.Net.IPEndPoint.TryParse(host, out var endpoint) && endpoint.Port > 0));
    }

    /// <summary>A temporary file of the caller's, or why there will never be one.</summary>
    /// <exception cref="HttpRequestException">It cannot be had now.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<(string? Path, ItemFailure? Failure)> FetchAsync(string url, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pipeline-fal-{Guid.NewGuid():N}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.TransferTimeout);
        var whole = false;
        try
        {
            var failure = await FollowAsync(url, path, maxBytes, limit.Token);
            whole = failure is null;
            return whole ? (path, null) : (null, failure);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException)
        {
            return (null, Lost("its address is inside a private network"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The result took longer than {_options.TransferTimeout.TotalSeconds:0} seconds.");
        }
        finally
        {
            if (!whole)
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    internal static ItemFailure Lost(string why) => new(
        FailureKind.OutcomeUnknown, $"It was made at fal, but cannot be fetched: {why}. It has probably been paid for, so it is not made again by itself; look at fal's request history.");

    private async Task<ItemFailure?> FollowAsync(string url, string path, long maxBytes, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !IsAllowed(address))
            {
                return Lost("it is not on one of fal's media hosts");
            }

            using var answer = await _http.GetAsync(address, "*/*", cancellationToken);
            if ((int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location)
            {
                url = new Uri(address, location).AbsoluteUri;
                continue;
            }

            if ((int)answer.StatusCode is 404 or 410)
            {
                return Lost("the file is not there any more");
            }

            answer.EnsureSuccessStatusCode();
            if (answer.Content.Headers.ContentLength > maxBytes)
            {
                return Lost($"the file is larger than {maxBytes >> 20} MB");
            }

            await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            return await BoundedFile.WriteAsync(body, path, maxBytes, cancellationToken) is null ? Lost($"the file is larger than {maxBytes >> 20} MB") : null;
        }

        return Lost($"its address redirects more than {MostRedirects} times");
    }

    private bool IsAllowed(Uri address) => _hosts.Any(host => host.Contains(':', StringComparison.Ordinal)
        ? host.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
        : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
