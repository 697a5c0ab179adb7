using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Grpc;

/// <summary>A second endpoint for gRPC: HTTP/2 without TLS cannot share a port with HTTP/1.1.</summary>
public static class GrpcEndpoint
{
    /// <summary>Listens on <c>GRPC_PORT</c> of the host that the service's HTTP address names; the HTTP addresses stay as they are.</summary>
    public static WebApplicationBuilder AddGrpcEndpoint(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var port = builder.Configuration.GetValue<ushort?>("GRPC_PORT") is { } number and > 0
            ? number
            : throw new InvalidOperationException("GRPC_PORT is not set. Give the port on which gRPC (HTTP/2 without TLS) is served.");
        var addresses = HttpAddresses(builder.Configuration);

        // Addresses, not Listen(): an explicit Listen would switch off the ones from the environment.
        builder.WebHost.UseUrls([.. addresses.Append(OnSameHost(addresses[0], port)).Distinct(StringComparer.OrdinalIgnoreCase)]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen =>
        {
            if (listen.IPEndPoint?.Port == port)
            {
                listen.Protocols = HttpProtocols.Http2;
            }
        }));
        return builder;
    }

    internal static string OnSameHost(string address, int port) => $"http://{BindingAddress.Parse(address).Host}:{port}";

    /// <summary>What Kestrel would listen on by itself: <c>urls</c>, else every interface on <c>http_ports</c> and <c>https_ports</c>, else its default.</summary>
    internal static string[] HttpAddresses(IConfiguration configuration)
    {
        if (Split(configuration[WebHostDefaults.ServerUrlsKey]) is { Length: > 0 } urls)
        {
            return urls;
        }

        string[] ports =
        [
            .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];
        return ports.Length > 0 ? ports : ["http://localhost:5000"];
    }

    private static string[] Split(string? value) =>
        value?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
