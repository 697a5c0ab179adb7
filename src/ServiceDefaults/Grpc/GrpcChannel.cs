using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace ServiceDefaults.Grpc;

/// <summary>Calls unary gRPC methods of one address over HTTP/2 without TLS. Thread-safe; one for the process. Stands in for Grpc.Net.Client (docs/decisions).</summary>
public sealed class GrpcChannel(Uri address, TimeProvider time) : IDisposable
{
    private const int MaxResponseBytes = 4 << 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(800);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
        ConnectTimeout = TimeSpan.FromSeconds(2),
    });

    /// <summary>For methods that may be repeated: an unreachable server is tried again until the deadline.</summary>
    /// <param name="deadline">From now; the server is told of it.</param>
    /// <exception cref="GrpcException">The call did not end well.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan deadline, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        ArgumentNullException.ThrowIfNull(method);
        var start = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await CallOnceAsync(method, request, deadline - time.GetElapsedTime(start), cancellationToken);
            }
            catch (GrpcException exception) when (exception.Code == StatusCode.Unavailable && time.GetElapsedTime(start) + pause < deadline)
            {
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<TResponse> CallOnceAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan timeout, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero);
        try
        {
            using var message = Request(method, request, timeout);
            using var response = await _http.SendAsync(message, deadline.Token);
            return await ReadAsync(method, response, deadline.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(StatusCode.DeadlineExceeded, $"{method.Path} did not answer in time.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new GrpcException(StatusCode.Unavailable, $"{address} cannot be reached.", exception);
        }
    }

    private HttpRequestMessage Request<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan timeout)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        var body = new ArrayBufferWriter<byte>(request.CalculateSize() + 5);
        GrpcWire.Write(body, request);
        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method.Path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ReadOnlyMemoryContent(body.WrittenMemory),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(GrpcWire.ContentType);
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        message.Headers.Add(GrpcWire.Timeout, GrpcWire.FormatTimeout(timeout));
        return message;
    }

    private static async Task<TResponse> ReadAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, HttpResponseMessage response, CancellationToken cancellationToken)
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new GrpcException(OfHttp(response.StatusCode), $"{method.Path} answered with HTTP {(int)response.StatusCode}.");
        }

        var reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken));
        var reply = await GrpcWire.ReadAsync(reader, method.Response, MaxResponseBytes, cancellationToken);
        var code = int.TryParse(Trailer(response, GrpcWire.Status), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (StatusCode)number
            : throw new GrpcException(StatusCode.Internal, $"{method.Path} answered without a status.");
        return code == StatusCode.OK
            ? reply ?? throw new GrpcException(StatusCode.Internal, $"{method.Path} answered without a message.")
            : throw new GrpcException(code, GrpcWire.DecodeText(Trailer(response, GrpcWire.Message) ?? string.Empty));
    }

    // A server that fails at once may send the status among the headers.
    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out var trailers) ? trailers.First()
        : response.Headers.TryGetValues(name, out var headers) ? headers.First()
        : null;

    private static StatusCode OfHttp(HttpStatusCode status) => (int)status switch
    {
        400 => StatusCode.Internal,
        401 => StatusCode.Unauthenticated,
        403 => StatusCode.PermissionDenied,
        404 => StatusCode.Unimplemented,
        429 or 502 or 503 or 504 => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
