using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace PipelineService.Assets;

/// <summary>
/// An HTTP client that reaches the public internet only. The address is judged where the connection is made, so that neither a name that resolves
/// differently the second time nor a redirect leads inside.
/// </summary>
internal sealed class GuardedHttp : IDisposable
{
    private readonly HashSet<IPEndPoint> _trusted;
    private readonly HttpMessageInvoker _invoker;

    public GuardedHttp(IOptions<AssetsOptions> options)
    {
        _trusted = [.. options.Value.TrustedEndpoints.Select(IPEndPoint.Parse)];
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
    public Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("User-Agent", "Pipeline/1.0");
        request.Headers.Add("Accept", "image/png, image/jpeg, image/webp");
        return _invoker.SendAsync(request, cancellationToken);
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
internal sealed class AddressRefusedException() : Exception("The address is not on the public internet.");
