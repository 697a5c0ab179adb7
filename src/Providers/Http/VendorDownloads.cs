using System.Net;
using Contracts.Generation;
using Media.Fetching;

namespace Providers.Http;

/// <summary>Fetches what a vendor made: from its media hosts only, without the key, bounded in size and time, never from inside a private network.</summary>
/// <param name="vendor">For people, for example <c>fal</c>.</param>
/// <param name="hosts">Names, which stand for all below them, or addresses with their ports, which may be private.</param>
/// <param name="where">Where one can see what was made, for example <c>fal's request history</c>.</param>
internal abstract class VendorDownloads(string vendor, IReadOnlyList<string> hosts, TimeSpan limit, string where) : IDisposable
{
    private const int MostRedirects = 3;

    private readonly GuardedHttp _http = new(hosts.Where(host => IPEndPoint.TryParse(host, out var endpoint) && endpoint.Port > 0));

    /// <summary>A temporary file of the caller's, or why there will never be one.</summary>
    /// <exception cref="HttpRequestException">It cannot be had now.</exception>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<(string? Path, ItemFailure? Failure)> FetchAsync(string url, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), $"pipeline-download-{Guid.NewGuid():N}");
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        var whole = false;
        try
        {
            var failure = await FollowAsync(url, path, maxBytes, source.Token);
            whole = failure is null;
            return whole ? (path, null) : (null, failure);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException)
        {
            return (null, Lost("its address is inside a private network"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The result took longer than {limit.TotalSeconds:0} seconds.");
        }
        finally
        {
            if (!whole)
            {
                File.Delete(path);
            }
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>It was made, and will not be had.</summary>
    public ItemFailure Lost(string why) => new(
        FailureKind.OutcomeUnknown, $"It was made at {vendor}, but cannot be fetched: {why}. It has probably been paid for, so it is not made again by itself; look at {where}.");

    /// <summary>Hosts as configured: names, or addresses with their ports, also when they are written as URLs.</summary>
    public static IReadOnlyList<string> Hosts(IReadOnlyList<string> configured, string otherwise) => configured.Count > 0
        ? [.. configured.Select(host => Uri.TryCreate(host, UriKind.Absolute, out var url) && url.Host.Length > 0 ? url.Authority : host)]
        : [otherwise];

    /// <summary>Whether all of <see cref="Hosts"/> are such.</summary>
    public static bool AreHosts(IEnumerable<string> hosts) => hosts.All(host => IPEndPoint.TryParse(host, out _) || Uri.CheckHostName(host) != UriHostNameType.Unknown);

    private async Task<ItemFailure?> FollowAsync(string url, string path, long maxBytes, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || !IsAllowed(address))
            {
                return Lost($"it is not on one of {vendor}'s media hosts");
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

    private bool IsAllowed(Uri address) => hosts.Any(host => host.Contains(':', StringComparison.Ordinal)
        ? host.Equals(address.Authority, StringComparison.OrdinalIgnoreCase)
        : address.Host.Equals(host, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + host, StringComparison.OrdinalIgnoreCase));
}
