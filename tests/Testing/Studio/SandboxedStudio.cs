using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Testing.Studio;

/// <summary>A studio with the sandbox at the other end.</summary>
public sealed class SandboxedStudio : IAsyncDisposable
{
    private readonly ServiceProcess _sandbox;
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-").FullName;

    /// <param name="settings">The studio's, by the sandbox's address.</param>
    /// <param name="concurrency">Jobs of one vendor that the sandbox works on at once.</param>
    /// <param name="draws">Whether it draws what is asked for, or answers with the same file always.</param>
    public SandboxedStudio(Func<string, Dictionary<string, string>> settings, int concurrency = 6, bool draws = true)
    {
        var address = FreeAddress();
        _sandbox = new ServiceProcess("Sandbox", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = address,
            ["Media__Root"] = _folder,
            ["Sandbox__ImageTime"] = "00:00:00.050",
            ["Sandbox__Renderer"] = draws ? "local" : "no-op",
            ["Providers__Local__FramesPerSecond"] = "2",
            ["Providers__Local__LongestSide"] = "480",
            ["Sandbox__VideoTime"] = "00:00:00.050",
            ["Sandbox__Concurrency"] = concurrency.ToString(CultureInfo.InvariantCulture),
        });
        Studio = new RunningStudio(settings(address));
        Admin = new HttpClient { BaseAddress = new Uri(address) };
    }

    public RunningStudio Studio { get; }

    /// <summary>Of the sandbox.</summary>
    public int ProcessId => _sandbox.Id;

    /// <summary>The sandbox's own calls.</summary>
    public HttpClient Admin { get; }

    /// <summary>An address where nobody is.</summary>
    public static string FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    public async Task<JsonObject> BillAsync() => (await Admin.GetFromJsonAsync<JsonObject>("/sandbox/bill"))!;

    /// <param name="share">Of all requests, from 0 to 1.</param>
    public async Task BreakAsync(string fault, decimal share) =>
        (await Admin.PutAsync($"/sandbox/faults/{fault}?share={share.ToString(CultureInfo.InvariantCulture)}", null)).EnsureSuccessStatusCode();

    public Task StartAsync()
    {
        _sandbox.Start();
        return Studio.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Studio.DisposeAsync();
        _sandbox.Dispose();
        Admin.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
