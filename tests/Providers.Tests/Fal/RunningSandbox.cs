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

    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox-tests-").FullName;
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
            ["Sandbox:ImageTime"] = "00:00:00.020",
            ["Sandbox:VideoTime"] = "00:00:00.020",
        });
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
    internal Rig Rig(params (string Key, string? Value)[] settings)
    {
        (string Key, string? Value)[] here =
        [
            ("Fal:Key", Key), ("Fal:QueueBaseUrl", Address.AbsoluteUri), ("Fal:RestBaseUrl", Address.AbsoluteUri), ("Fal:MediaHosts:0", Address.Authority),
            ("OpenAI:ApiKey", OpenAiKey), ("OpenAI:BaseUrl", OpenAi.AbsoluteUri),
        ];
        return new Rig([.. settings.Concat(here).DistinctBy(setting => setting.Key)]);
    }

    public async Task<JsonObject> BillAsync() => (await Http.GetFromJsonAsync<JsonObject>("/sandbox/bill"))!;
}

/// <summary>One sandbox for all tests of vendors.</summary>
[CollectionDefinition(Name)]
public sealed class SandboxTests : ICollectionFixture<RunningSandbox>
{
    public const string Name = "sandbox";
}
