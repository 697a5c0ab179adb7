using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;

namespace PipelineService.Progress;

/// <summary>Answers with an open feed: frames on a WebSocket when the request asks for one, else server-sent events.</summary>
internal sealed class EventStream(FeedKey key, long newest, long after) : IResult
{
    /// <summary>Closes a WebSocket whose client takes too little; it may come back with <c>after</c> at once.</summary>
    public const WebSocketCloseStatus TooSlow = (WebSocketCloseStatus)4013;

    // What clients say is of no interest, so they all may write over it.
    private static readonly byte[] Ignored = new byte[1024];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        using var subscription = services.GetRequiredService<FeedHub>().Follow(key, newest);
        var isSocket = httpContext.WebSockets.IsWebSocketRequest;
        var stream = new OpenStream(subscription.Queue, beats: !isSocket, sayWhy: isSocket, httpContext.Abort, services.GetRequiredService<TimeProvider>());
        using var watching = services.GetRequiredService<StreamWatch>().Add(stream);
        await using var end = ended.Token.UnsafeRegister(static state => ((OpenStream)state!).End(), stream);
        var batches = services.GetRequiredService<FeedReader>().ReadAsync(subscription, after, ended.Token);
        if (isSocket)
        {
            await ServeSocketAsync(httpContext, stream, batches, ended);
        }
        else
        {
            await ServeEventsAsync(httpContext.Response, stream, batches, ended.Token);
        }
    }

    private static async Task ServeEventsAsync(HttpResponse response, OpenStream stream, IAsyncEnumerable<FeedBatch> batches, CancellationToken ended)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // the browser's own reconnect waits this many milliseconds, and sends the last id
            await response.WriteAsync("retry: 1000\n\n", ended);
            await response.Body.FlushAsync(ended);
            await foreach (var batch in batches)
            {
                using var sending = stream.Sending();
                await response.BodyWriter.WriteAsync(batch.ServerSent, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // the client has left, or we stop
        }
    }

    private async Task ServeSocketAsync(HttpContext context, OpenStream stream, IAsyncEnumerable<FeedBatch> batches, CancellationTokenSource ended)
    {
        var heartbeat = context.RequestServices.GetRequiredService<IOptions<ProgressOptions>>().Value.HeartbeatEvery;
        // the framework pings; a client that does not answer for as long again is gone
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = heartbeat, KeepAliveTimeout = heartbeat });
        var listening = ListenAsync(socket, ended);
        var last = after;
        try
        {
            await foreach (var batch in batches)
            {
                if (batch.Events.Count > 0)
                {
                    using var sending = stream.Sending();
                    await socket.SendAsync(batch.Json.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    last = batch.Last;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // the client has left, or we stop
        }

        await SayGoodbyeAsync(socket, stream.TooSlow ? last : null, listening);
    }

    // Nothing is expected from the client but its goodbye; a cancelled receive would tear the connection instead of closing it.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource ended)
    {
        try
        {
            while ((await socket.ReceiveAsync(Ignored.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // torn
        }

        await ended.CancelAsync();
    }

    /// <param name="tooSlowBehind">The last event that was sent to a client that was too slow.</param>
    private static async Task SayGoodbyeAsync(WebSocket socket, long? tooSlowBehind, Task listening)
    {
        using var limit = new CancellationTokenSource(StreamWatch.GoodbyeTime);
        try
        {
            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            else if (socket.State == WebSocketState.Open && tooSlowBehind is { } number)
            {
                await socket.CloseOutputAsync(TooSlow, string.Create(CultureInfo.InvariantCulture, $"Too slow; connect again with after={number}."), limit.Token);
            }
            else if (socket.State == WebSocketState.Open)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "The service restarts; connect again.", limit.Token);
            }

            await listening.WaitAsync(limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            socket.Abort();
            await listening;
        }
    }
}
