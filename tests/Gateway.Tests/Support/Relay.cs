using System.Net;
using System.Net.Sockets;

namespace Gateway.Tests.Support;

/// <summary>A TCP connection that can be frozen: bytes are no longer passed on, though nothing is closed.</summary>
public sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _host;
    private readonly int _port;
    private readonly string _options;
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource _open = Opened();

    /// <param name="target"><c>host:port</c>, and options after a comma, which its own address repeats.</param>
    public Relay(string target)
    {
        (_host, _port) = (target.Split(':')[0], int.Parse(target.Split(':', ',')[1]));
        _options = target.Contains(',') ? target[target.IndexOf(',')..] : string.Empty;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint + _options;

    public void Freeze() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Thaw()
    {
        var closed = _open;
        _open = Opened();
        closed.TrySetResult();
    }

    public void Dispose()
    {
        _stop.Cancel();
        Thaw();
        _listener.Dispose();
        _stop.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var near = await _listener.AcceptTcpClientAsync(_stop.Token);
            var far = new TcpClient();
            await far.ConnectAsync(_host, _port, _stop.Token);
            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await from.GetStream().ReadAsync(buffer, _stop.Token)) > 0)
            {
                await _open.Task;
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of a connection.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
