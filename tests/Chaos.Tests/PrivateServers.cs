using System.Diagnostics;
using System.Text.Json;
using Testing;
using Testing.Studio;

namespace Chaos.Tests;

/// <summary>PostgreSQL, RabbitMQ and Redis that nobody else uses, so that they may be killed. Their host starts again what dies, with its data.</summary>
public sealed class PrivateServers : IAsyncDisposable
{
    private static readonly string State = Path.Combine(Repository.Root, ".run", "chaos");
    private static readonly string Program = Path.Combine(Repository.Root, "src", "LocalHost", "bin", Repository.Configuration, "net10.0", "LocalHost.dll");
    private Process? _host;

    public async Task StartAsync()
    {
        // What a killed run left behind.
        await RunAsync("--down");
        File.Delete(Path.Combine(State, "servers.env"));
        _host = Start("--servers-only");
        await Eventually.HoldsAsync(
            () => Task.FromResult(_host.HasExited ? throw new InvalidOperationException("The servers did not start; see .run/chaos/logs.") : File.Exists(Path.Combine(State, "servers.env"))),
            TimeSpan.FromMinutes(2));
        await TestServers.UseAsync(Path.Combine(State, "servers.env"));
    }

    /// <summary>kill -9 of all its processes; returns when it has been started again, though it may not answer yet.</summary>
    public static async Task KillAsync(string server)
    {
        var pid = await PidAsync(server) ?? throw new InvalidOperationException($"{server} does not run.");
        using (var kill = Process.Start("kill", ["-KILL", "--", $"-{pid}"]))
        {
            await kill.WaitForExitAsync();
        }

        await Eventually.HoldsAsync(async () => await PidAsync(server) is { } next && next != pid, TimeSpan.FromMinutes(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await RunAsync("--down");
            await _host.WaitForExitAsync();
            _host.Dispose();
        }
    }

    private static async Task<int?> PidAsync(string server)
    {
        try
        {
            using var list = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(State, "processes.json")));
            foreach (var process in list.RootElement.GetProperty("Processes").EnumerateArray())
            {
                if (process.GetProperty("Name").GetString() == server)
                {
                    return process.GetProperty("Pid").GetInt32();
                }
            }
        }
        catch (IOException)
        {
            // Being replaced.
        }

        return null;
    }

    private static async Task RunAsync(string verb)
    {
        using var process = Start(verb);
        await process.WaitForExitAsync();
    }

    private static Process Start(string verb)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Program, verb, "--state", State]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
