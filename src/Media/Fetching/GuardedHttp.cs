using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Media.Fetching;

/// <summary>
/// An HTTP client that reaches the public internet only. The address is judged where the connection is made, so that neither a name that resolves
/// differently the second time nor a redirect leads inside.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    private readonly HashSet<IPEndPoint> _trusted;
    private readonly HttpMessageInvoker _invoker;

    /// <param name="trusted">Endpoints such as <c>127.0.0.1:5055</c> that are reached all the same.</param>
    public GuardedHttp(IEnumerable<string> trusted)
    {
        _trusted = [.. trusted.Select(IPEndPoint.Parse)];
        _invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            // redirects are followed by hand; a proxy would connect in our place, unjudged
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            MaxResponseHeadersLength = 32,
            ConnectCallback = ConnectAsync,
        });
    }

    /// <exception cref="HttpRequestException">No answer; with an <see cref="AddressRefusedException"/> inside when the address is not public.</exception>
    /// <param name="accept">Media types, as in the Accept header.</param>
    public async Task<HttpResponseMessage> GetAsync(Uri address, string accept, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("User-Agent", "Pipeline/1.0");
        request.Headers.Add("Accept", accept);
        return await _invoker.SendAsync(request, cancellationToken);
    }

    public void Dispose() => _invoker.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        IPAddress[] resolved = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        var allowed = resolved.Where(address => PublicAddress.IsPublic(address) || _trusted.Contains(new IPEndPoint(address, port))).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address is not on the public internet.</summary>
public sealed class AddressRefusedException() : Exception("The address is not on the public internet.");
