using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Providers.Tests.Webhooks;

/// <summary>Answers every request with one document.</summary>
internal sealed class KeyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public KeyServer(string document)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/jwks.json");
        _ = AnswerAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(document)}\r\nConnection: close\r\n\r\n{document}");
    }

    public Uri Address { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AnswerAsync(string answer)
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[4096]);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }
}
