using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Workers.Tests.Support;

/// <summary>A line to a server that a test can cut and join again: what is cut is reset, and refused until it is joined.</summary>
public sealed class CutLine : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _serverPort;
    private readonly ConcurrentDictionary<TcpClient, bool> _ends = new();
    private TcpListener _listener;
    private Task _accepting;

    public CutLine(string host, int port)
    {
        (_host, _serverPort) = (host, port);
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; }

    public void Cut()
    {
        _listener.Stop();
        foreach (var end in _ends.Keys)
        {
            end.Close();
        }
    }

    public void Join()
    {
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.Start();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var server = new TcpClient();
        _ends[client] = _ends[server] = true;
        try
        {
            await server.ConnectAsync(_host, _serverPort);
            await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream()), server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one side left.
        }
        finally
        {
            client.Close();
            _ends.TryRemove(client, out _);
            _ends.TryRemove(server, out _);
        }
    }
}
