using System.Net.WebSockets;
using System.Text;

namespace PipelineService.Progress;

/// <summary>Answers with an open feed: frames on a WebSocket when the request asks for one, else server-sent events.</summary>
internal sealed class EventStream(FeedReader reader, FeedKey key, long newest, long after) : IResult
{
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        if (httpContext.WebSockets.IsWebSocketRequest)
        {
            await ServeSocketAsync(httpContext, ended);
        }
        else
        {
            await ServeEventsAsync(httpContext.Response, ended.Token);
        }
    }

    private async Task ServeEventsAsync(HttpResponse response, CancellationToken ended)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        try
        {
            // the browser's own reconnect waits this many milliseconds, and sends the last id
            await response.WriteAsync("retry: 1000\n\n", ended);
            await response.Body.FlushAsync(ended);
            await foreach (var batch in reader.ReadAsync(key, newest, after, ended))
            {
                await response.BodyWriter.WriteAsync(batch.Count == 0 ? ": heartbeat\n\n"u8.ToArray() : EventFrames.ServerSent(batch), ended);
            }
        }
        catch (OperationCanceledException)
        {
            // the client has left, or we stop
        }
    }

    private async Task ServeSocketAsync(HttpContext context, CancellationTokenSource ended)
    {
        var heartbeat = context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<ProgressOptions>>().Value.HeartbeatEvery;
        // the framework pings; a client that does not answer for as long again is gone
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = heartbeat, KeepAliveTimeout = heartbeat });
        var listening = ListenAsync(socket, ended);
        try
        {
            await foreach (var batch in reader.ReadAsync(key, newest, after, ended.Token))
            {
                if (batch.Count > 0)
                {
                    await socket.SendAsync(EventFrames.Json(batch), WebSocketMessageType.Text, endOfMessage: true, ended.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
            // the client has left, or we stop
        }

        await SayGoodbyeAsync(socket, listening);
    }

    // Nothing is expected from the client but its goodbye; a cancelled receive would tear the connection instead of closing it.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource ended)
    {
        var ignored = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(ignored.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // torn
        }

        await ended.CancelAsync();
    }

    private static async Task SayGoodbyeAsync(WebSocket socket, Task listening)
    {
        using var limit = new CancellationTokenSource(GoodbyeTime);
        try
        {
            if (socket.State == WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
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

/// <summary>Events as bytes on the wire.</summary>
internal static class EventFrames
{
    /// <summary>An object for one event, an array for several.</summary>
    public static ReadOnlyMemory<byte> Json(IReadOnlyList<FeedEvent> batch)
    {
        if (batch.Count == 1)
        {
            return batch[0].Json;
        }

        var frame = new MemoryStream();
        for (var index = 0; index < batch.Count; index++)
        {
            frame.WriteByte((byte)(index == 0 ? '[' : ','));
            frame.Write(batch[index].Json.Span);
        }

        frame.WriteByte((byte)']');
        return frame.GetBuffer().AsMemory(0, (int)frame.Length);
    }

    public static ReadOnlyMemory<byte> ServerSent(IReadOnlyList<FeedEvent> batch)
    {
        var frame = new MemoryStream();
        foreach (var progress in batch)
        {
            frame.Write(Encoding.UTF8.GetBytes($"id: {progress.Response.Id}\nevent: {progress.Response.Event}\ndata: "));
            frame.Write(progress.Json.Span);
            frame.Write("\n\n"u8);
        }

        return frame.GetBuffer().AsMemory(0, (int)frame.Length);
    }
}
