using System.Diagnostics;
using System.Net.WebSockets;
using Testing.Studio;

namespace Benchmarks.Engine;

/// <summary>The events of one run as a browser gets them; looked through without parsing, so that the driver costs little.</summary>
internal sealed class MatrixFeed(ClientWebSocket socket) : IAsyncDisposable
{
    private readonly byte[] _buffer = new byte[1 << 20];

    public static async Task<MatrixFeed> OpenAsync(RunningStudio studio, long pipeline, CancellationToken cancellationToken) =>
        new(await studio.Client.ConnectAsync($"/pipelines/{pipeline}/events", "after=0", cancellationToken));

    /// <summary>Seconds until the run has ended, and until the first video was there.</summary>
    public async Task<(double Seconds, double FirstVideo)> FollowAsync(long start, CancellationToken cancellationToken)
    {
        var firstVideo = 0d;
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
                length += part.Count;
            }
            while (!part.EndOfMessage);

            var frame = _buffer.AsSpan(0, length);
            if (firstVideo == 0 && frame.IndexOf("\"output_type\":\"video\""u8) >= 0)
            {
                firstVideo = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }

            if (frame.IndexOf("\"status\":\"completed\""u8) >= 0)
            {
                return (Stopwatch.GetElapsedTime(start).TotalSeconds, firstVideo);
            }

            if (frame.IndexOf("\"status\":\"failed\""u8) >= 0)
            {
                throw new InvalidOperationException("The run failed.");
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
