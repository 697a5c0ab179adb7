using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sandbox;

namespace Providers.Tests.Fal;

/// <summary>The sandbox on a port of its own, in this process, and the adapters of vendors set up for it.</summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    public const string Key = "test:key";
    public const string OpenAiKey = "test-openai-key";

    public const string Token = "test-token";

    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
    private readonly ShiftedTime _time = new();
    private WebApplication _app = null!;

    public Uri Address { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Media:Root"] = Path.Combine(_folder, "store"),
            ["Sandbox:Key"] = Key,
            ["Sandbox:OpenAiKey"] = OpenAiKey,
            ["Sandbox:ReplicateToken"] = Token,
            ["Sandbox:ImageTime"] = "00:00:00.020",
            ["Sandbox:VideoTime"] = "00:00:00.020",
        });
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddSandbox();
        _app = builder.Build();
        _app.MapSandbox();
        await _app.StartAsync();
        Address = new Uri(_app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
        Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Key " + Key);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Where it plays OpenAI.</summary>
    public Uri OpenAi => new(Address, "/v1");

    /// <summary>Providers with keys for this sandbox.</summary>
    /// <param name="settings">Instead of, or beside, what leads here.</param>
    internal Rig Rig(params (string Key, string? Value)[] settings) => Rig(null, settings);

    /// <param name="services">Added before the library's own.</param>
    internal Rig Rig(Action<IServiceCollection>? services, params (string Key, string? Value)[] settings)
    {
        (string Key, string? Value)[] here =
        [
            ("Fal:Key", Key), ("Fal:QueueBaseUrl", Address.AbsoluteUri), ("Fal:RestBaseUrl", Address.AbsoluteUri), ("Fal:MediaHosts:0", Address.Authority),
            ("OpenAI:ApiKey", OpenAiKey), ("OpenAI:BaseUrl", OpenAi.AbsoluteUri),
            ("Replicate:Token", Token), ("Replicate:BaseUrl", Address.AbsoluteUri), ("Replicate:MediaHosts:0", Address.Authority),
        ];
        return new Rig(services, [.. settings.Concat(here).DistinctBy(setting => setting.Key)]);
    }

    /// <summary>The sandbox's clock jumps ahead, for good; its waits do not.</summary>
    internal void Forward(TimeSpan by) => _time.Forward(by);

    public async Task<JsonObject> BillAsync() => (await Http.GetFromJsonAsync<JsonObject>("/sandbox/bill"))!;
}

/// <summary>One sandbox for all tests of vendors.</summary>
[CollectionDefinition(Name)]
public sealed class SandboxTests : ICollectionFixture<RunningSandbox>
{
    public const string Name = "sandbox";
}

internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _shift;

    public void Forward(TimeSpan by) => _shift += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;
}
