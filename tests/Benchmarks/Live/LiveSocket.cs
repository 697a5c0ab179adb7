using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Live;

/// <summary>A WebSocket client with as little of its own as possible, so that thousands of them leave the machine to what is measured.</summary>
internal sealed class LiveSocket : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[8 * 1024];
    private int _filled;

    public delegate void FrameHandler(ReadOnlySpan<byte> payload);

    /// <summary>Of the server's goodbye; null when the connection was torn.</summary>
    public int? CloseCode { get; private set; }

    /// <param name="path">With its query.</param>
    /// <param name="receiveBuffer">Bytes that the kernel keeps for a client that does not read; null for its own choice.</param>
    public static async Task<LiveSocket> ConnectAsync(Uri address, string path, string credential, int? receiveBuffer = null)
    {
        var live = new LiveSocket();
        if (receiveBuffer is { } bytes)
        {
            live._socket.ReceiveBufferSize = bytes;
        }

        await live._socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
        await live._socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + $"Sec-WebSocket-Key: {Convert.ToBase64String(Guid.NewGuid().ToByteArray())}\r\nAuthorization: Bearer {credential}\r\n\r\n"));
        int head;
        while ((head = live._buffer.AsSpan(0, live._filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await live.ReadMoreAsync();
        }

        var answer = Encoding.ASCII.GetString(live._buffer, 0, head);
        if (!answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal))
        {
            throw new InvalidOperationException(answer);
        }

        live.Drop(head + 4);
        return live;
    }

    /// <summary>Hands out text frames until the connection ends, and answers pings.</summary>
    public async Task ReadAsync(FrameHandler onFrame)
    {
        try
        {
            while (true)
            {
                var taken = 0;
                while (Frame(_buffer.AsSpan(taken, _filled - taken)) is { } frame)
                {
                    var payload = _buffer.AsSpan(taken + frame.Head, frame.Length);
                    switch (_buffer[taken] & 0x0f)
                    {
                        case 8:
                            CloseCode = payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(payload) : 1005;
                            return;
                        case 9:
                            Pong(payload);
                            break;
                        default:
                            onFrame(payload);
                            break;
                    }

                    taken += frame.Head + frame.Length;
                }

                Drop(taken);
                await ReadMoreAsync();
            }
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException or ObjectDisposedException)
        {
            // torn; no close code
        }
    }

    public void Dispose() => _socket.Dispose();

    private static (int Head, int Length)? Frame(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return null;
        }

        var (head, length) = (bytes[1] & 0x7f) switch
        {
            126 => bytes.Length < 4 ? (4, 0) : (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 => bytes.Length < 10 ? (10, 0) : (10, (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..])),
            var small => (2, small),
        };
        return bytes.Length < head + length ? null : (head, length);
    }

    private void Pong(ReadOnlySpan<byte> payload)
    {
        // a mask of zeros leaves the payload as it is
        Span<byte> frame = [0x8a, (byte)(0x80 | payload.Length), 0, 0, 0, 0, .. payload];
        _socket.Send(frame);
    }

    private async ValueTask ReadMoreAsync()
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), SocketFlags.None);
        if (read == 0)
        {
            throw new EndOfStreamException();
        }

        _filled += read;
    }

    private void Drop(int count)
    {
        if (count > 0)
        {
            _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
            _filled -= count;
        }
    }
}
