using System.Diagnostics;
using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ServiceDefaults.Grpc;

/// <summary>Serves unary gRPC methods as endpoints. Stands in for Grpc.AspNetCore (docs/decisions); any gRPC client can call it.</summary>
public static class GrpcServer
{
    /// <summary>Largest request message, in bytes: some 100,000 holds.</summary>
    public const int MaxRequestBytes = 4 << 20;

    /// <param name="handler">Runs until the call's deadline or the client's cancellation; both cancel its token.</param>
    public static IEndpointConventionBuilder MapGrpc<TRequest, TResponse>(
        this IEndpointRouteBuilder endpoints,
        GrpcMethod<TRequest, TResponse> method,
        Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(method);
        return endpoints.MapPost(method.Path, context => ServeAsync(context, method, handler)).ExcludeFromDescription();
    }

    private static async Task ServeAsync<TRequest, TResponse>(
        HttpContext context, GrpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        // Without HTTP/2 there are no trailers to put the status in.
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) || !GrpcWire.IsContentType(context.Request.ContentType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        context.Response.ContentType = GrpcWire.ContentType;
        using var deadline = Deadline(context);
        var (code, detail) = (StatusCode.OK, string.Empty);
        try
        {
            var request = await GrpcWire.ReadAsync(context.Request.BodyReader, method.Request, MaxRequestBytes, deadline.Token)
                ?? throw new GrpcException(StatusCode.InvalidArgument, "The call has no message.");
            var response = await handler(request, deadline.Token);
            GrpcWire.Write(context.Response.BodyWriter, response);
            await context.Response.BodyWriter.FlushAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            (code, detail) = Answer(exception, context, deadline.Token);
            if (code is StatusCode.Internal or StatusCode.Unavailable)
            {
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ServiceDefaults.Grpc").CallFailed(method.Path, code, exception);
            }
        }

        if (!context.Response.HasStarted)
        {
            await context.Response.StartAsync(CancellationToken.None);
        }

        var number = ((int)code).ToString(CultureInfo.InvariantCulture);
        Activity.Current?.SetTag("rpc.system", "grpc").SetTag("rpc.grpc.status_code", (int)code);
        context.Response.AppendTrailer(GrpcWire.Status, number);
        if (detail.Length > 0)
        {
            context.Response.AppendTrailer(GrpcWire.Message, GrpcWire.EncodeText(detail));
        }
    }

    private static CancellationTokenSource Deadline(HttpContext context)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (GrpcWire.ParseTimeout(context.Request.Headers[GrpcWire.Timeout]) is { } timeout)
        {
            source.CancelAfter(timeout);
        }

        return source;
    }

    private static (StatusCode Code, string Detail) Answer(Exception exception, HttpContext context, CancellationToken deadline) => exception switch
    {
        GrpcException grpc => (grpc.Code, grpc.Detail),
        _ when context.RequestAborted.IsCancellationRequested => (StatusCode.Cancelled, "The caller went away."),
        _ when deadline.IsCancellationRequested => (StatusCode.DeadlineExceeded, "The deadline passed."),
        NpgsqlException { IsTransient: true } or TimeoutException => (StatusCode.Unavailable, "The database cannot be reached."),
        { InnerException: NpgsqlException { IsTransient: true } } => (StatusCode.Unavailable, "The database cannot be reached."),
        _ => (StatusCode.Internal, "The call failed on the server."),
    };
}
