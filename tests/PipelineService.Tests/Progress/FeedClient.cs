using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace PipelineService.Tests.Progress;

/// <summary>Clients of the feed that give up instead of waiting for ever.</summary>
internal static class FeedClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static async Task<ClientWebSocket> ConnectAsync(LibraryHost host, long tenantId, string path)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer " + host.TokenOf(tenantId));
        socket.Options.CollectHttpResponseDetails = true;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(host.Address, path)) { Scheme = "ws" }.Uri, limit.Token);
        }
        catch (WebSocketException) when ((int)socket.HttpStatusCode >= 400)
        {
            throw new HttpRequestException("refused", null, socket.HttpStatusCode);
        }

        return socket;
    }

    /// <summary>The events of frames until there are as many as wanted.</summary>
    public static async Task<List<JsonNode>> ReadAsync(this ClientWebSocket socket, int count)
    {
        var events = new List<JsonNode>();
        while (events.Count < count)
        {
            var frame = await socket.ReadFrameAsync() ?? throw new InvalidOperationException($"Closed after {events.Count} events: {socket.CloseStatus}.");
            events.AddRange(Events(frame));
        }

        return events;
    }

    /// <summary>Null when the server closes.</summary>
    public static async Task<JsonNode?> ReadFrameAsync(this ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return JsonNode.Parse(frame.ToArray());
            }
        }
    }

    /// <summary>Opens an event stream and hands out its blocks: id, event, data, or a comment.</summary>
    public static async IAsyncEnumerable<ServerSent> ServerSentAsync(HttpClient client, string path, string? lastEventId = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        answer.EnsureSuccessStatusCode();
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token));
        var block = new ServerSent();
        while (await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0)
            {
                yield return block;
                block = new ServerSent();
                continue;
            }

            block = line switch
            {
                ['i', 'd', ':', ' ', .. var id] => block with { Id = id },
                ['e', 'v', 'e', 'n', 't', ':', ' ', .. var name] => block with { Event = name },
                ['d', 'a', 't', 'a', ':', ' ', .. var data] => block with { Data = JsonNode.Parse(data) },
                [':', ' ', .. var comment] => block with { Comment = comment },
                _ => block,
            };
        }
    }

    public static async Task<List<ServerSent>> TakeAsync(this IAsyncEnumerable<ServerSent> stream, int count)
    {
        var taken = new List<ServerSent>();
        await foreach (var block in stream)
        {
            if (block.Id is not null)
            {
                taken.Add(block);
                if (taken.Count == count)
                {
                    break;
                }
            }
        }

        return taken;
    }

    public static IEnumerable<JsonNode> Events(JsonNode frame) => frame is JsonArray array ? array.OfType<JsonNode>() : [frame];

    public static long Id(this JsonNode progress) => long.Parse((string)progress["id"]!);

    public static IEnumerable<long> Range(long first, long last) => Enumerable.Range(0, (int)(last - first + 1)).Select(n => first + n);
}

internal sealed record ServerSent(string? Id = null, string? Event = null, JsonNode? Data = null, string? Comment = null);
