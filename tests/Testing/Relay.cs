using System.Net;
using System.Net.Sockets;

namespace Testing;

/// <summary>A TCP proxy in front of a real server, whose lines a test can cut and mend, or freeze: then no byte is passed on, though nothing is closed.</summary>
public sealed class Relay : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Lock _lock = new();
    private readonly List<Line> _lines = [];
    private readonly IPEndPoint _target;
    private readonly string _options;
    private bool _cut;
    private bool _frozen;

    /// <param name="target"><c>host:port</c>, and options after a comma, which its own address repeats.</param>
    /// <param name="cut">Whether it begins cut.</param>
    public Relay(string target, bool cut = false)
    {
        ArgumentNullException.ThrowIfNull(target);
        var end = target.IndexOf(',', StringComparison.Ordinal);
        _target = IPEndPoint.Parse(end < 0 ? target : target[..end]);
        _options = end < 0 ? string.Empty : target[end..];
        _cut = cut;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address => _listener.LocalEndpoint + _options;

    /// <summary>All lines, and those to come.</summary>
    public void Freeze()
    {
        lock (_lock)
        {
            _frozen = true;
            _lines.ForEach(line => line.Freeze());
        }
    }

    /// <summary>The lines that are open; those to come are not frozen.</summary>
    public void FreezeOpen()
    {
        lock (_lock)
        {
            _lines.ForEach(line => line.Freeze());
        }
    }

    public void Thaw()
    {
        lock (_lock)
        {
            _frozen = false;
            _lines.ForEach(line => line.Thaw());
        }
    }

    /// <summary>Ends all lines, and lets none begin.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            _lines.ForEach(line => line.Dispose());
            _lines.Clear();
        }
    }

    public void Mend()
    {
        lock (_lock)
        {
            _cut = false;
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
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
                var near = await _listener.AcceptSocketAsync(_ended.Token);
                var line = new Line(near, new Socket(SocketType.Stream, ProtocolType.Tcp));
                lock (_lock)
                {
                    if (_cut)
                    {
                        line.Dispose();
                        continue;
                    }

                    if (_frozen)
                    {
                        line.Freeze();
                    }

                    _lines.Add(line);
                }

                await line.PumpAsync(_target, _ended.Token);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Cut, or at its end.
            }
        }
    }

    private sealed class Line(Socket near, Socket far) : IDisposable
    {
        private volatile TaskCompletionSource _open = Opened();

        public void Freeze()
        {
            if (_open.Task.IsCompleted)
            {
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public void Thaw() => _open.TrySetResult();

        public async Task PumpAsync(IPEndPoint target, CancellationToken cancellationToken)
        {
            await far.ConnectAsync(target, cancellationToken);
            _ = PumpAsync(near, far);
            _ = PumpAsync(far, near);
        }

        public void Dispose()
        {
            near.Dispose();
            far.Dispose();
            Thaw();
        }

        private async Task PumpAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                int read;
                while ((read = await from.ReceiveAsync(buffer)) > 0)
                {
                    await _open.Task;
                    await to.SendAsync(buffer.AsMemory(0, read));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The end of a line.
            }

            Dispose();
        }

        private static TaskCompletionSource Opened()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}
