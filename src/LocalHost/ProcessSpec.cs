using System.Net.Sockets;

namespace LocalHosting;

/// <summary>One process to keep alive.</summary>
internal sealed record ProcessSpec(string Name, string Program, IReadOnlyList<string> Arguments)
{
    public required string Folder { get; init; }

    public IReadOnlyList<(string Name, string Value)> Variables { get; init; } = [];

    public required Func<CancellationToken, Task<bool>> IsReady { get; init; }

    /// <summary>Runs before each start: data folders, configuration files.</summary>
    public Action? Prepare { get; init; }

    public int StopSignal { get; init; } = Posix.SigTerm;

    /// <summary>Its lines go to its log file only.</summary>
    public bool Quiet { get; init; }

    public string? Address { get; init; }
}

internal static class Probe
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public static Func<CancellationToken, Task<bool>> Http(string url) => async cancellationToken =>
    {
        try
        {
            using var answer = await Client.GetAsync(url, cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    };

    public static Func<CancellationToken, Task<bool>> Port(int port) => async cancellationToken =>
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    };
}
