using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Gateway.Proxy;

internal static class ProxyRegistration
{
    public static void AddProxy(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Internal:SigningKey"] is not { Length: > 0 })
        {
            throw new InvalidOperationException("Internal:SigningKey is not set.");
        }

        builder.Services.AddOptions<ProxyOptions>().BindConfiguration("Proxy").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ProxyOptions>>((kestrel, proxy) => kestrel.Limits.MaxRequestBodySize = proxy.Value.MaxBodyBytes);
        var options = builder.Configuration.GetSection("Proxy").Get<ProxyOptions>() ?? new ProxyOptions();
        builder.Services.AddReverseProxy()
            .LoadFromMemory(ProxyRoutes.Routes(builder.Configuration), ProxyRoutes.Clusters(builder.Configuration, options.ActivityTimeout))
            .AddTransforms(InternalHeaders.Replace);
    }

    public static void MapProxy(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.UseProxyErrors();
        proxy.UseLoadBalancing();
    });
}
