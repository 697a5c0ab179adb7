using ServiceDefaults.Problems;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Model;

namespace Gateway.Proxy;

/// <summary>A service that cannot be reached is a 503 problem with Retry-After, not an empty 502 or 504.</summary>
internal static class ProxyErrors
{
    private const string RetryAfterSeconds = "2";

    public static void UseProxyErrors(this IReverseProxyApplicationBuilder proxy) => proxy.Use(async (context, next) =>
    {
        await next(context);

        var service = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Gateway.Proxy");
        var error = context.Features.Get<IForwarderErrorFeature>();
        var distrusted = context.Features.Get<InternalHeaders.Distrusted>() is not null;
        if (distrusted)
        {
            logger.Distrusted(service);
        }
        else if (error is null || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        else
        {
            logger.NotForwarded(service, error.Error, error.Exception?.GetBaseException().Message ?? string.Empty);
        }

        // A body that is too large or broken is the client's; its status says so and becomes a problem further out.
        if (context.Response.HasStarted || (error is { Error: var kind } && IsTheClients(kind)))
        {
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = 503;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = Problem.Details(503, "unavailable", "Not available right now.", $"A part of the system ({service}) cannot be reached. Nothing is lost; try again shortly."),
        });
    });

    private static bool IsTheClients(ForwarderError error) => error
        is ForwarderError.RequestBodyClient
        or ForwarderError.RequestBodyCanceled
        or ForwarderError.RequestCanceled
        or ForwarderError.ResponseBodyCanceled
        or ForwarderError.ResponseBodyClient
        or ForwarderError.UpgradeRequestClient
        or ForwarderError.UpgradeRequestCanceled
        or ForwarderError.UpgradeResponseClient
        or ForwarderError.UpgradeResponseCanceled;
}
