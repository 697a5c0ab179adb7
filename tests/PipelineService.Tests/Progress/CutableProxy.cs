using System.Net;
using System.Net.Sockets;

namespace PipelineService.Tests.Progress;

/// <summary>A TCP proxy in front of a real server, whose line a test can cut and mend.</summary>
internal sealed class CutableProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Socket> _open = [];
    private readonly Lock _lock = new();
    private readonly IPEndPoint _target;
    private readonly string _options;
    private readonly TcpListener _listener;
    private bool _cut;

    /// <param name="target"><c>host:port</c>, and options after a comma, which its own address repeats.</param>
    public CutableProxy(string target, bool cut = false)
    {
        var end = target.IndexOf(',');
        _target = IPEndPoint.Parse(end < 0 ? target : target[..end]);
        _options = end < 0 ? string.Empty : target[end..];
        _cut = cut;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint + _options;

    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _open.ForEach(socket => socket.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        Cut();
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_ended.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_lock)
                {
                    _open.AddRange([client, server]);
                    if (_cut)
                    {
                        client.Dispose();
                        server.Dispose();
                        continue;
                    }
                }

                await server.ConnectAsync(_target, _ended.Token);
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // cut
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // cut
        }

        to.Dispose();
    }
}
