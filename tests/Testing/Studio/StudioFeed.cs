using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Testing.Studio;

/// <summary>A live feed over a WebSocket.</summary>
public sealed class StudioFeed(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>The events of the next frame that has any.</summary>
    public async Task<IReadOnlyList<JsonNode>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var frame = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_buffer, cancellationToken);
                frame.Write(_buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            var node = JsonNode.Parse(Encoding.UTF8.GetString(frame.ToArray()))!;
            var events = (node is JsonArray array ? array.Select(entry => entry!.DeepClone()) : [node]).Where(entry => entry["event"] is not null).ToList();
            if (events.Count > 0)
            {
                return events;
            }
        }
    }

    public async Task<JsonNode> FirstAsync(CancellationToken cancellationToken) => (await NextAsync(cancellationToken))[0];

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
