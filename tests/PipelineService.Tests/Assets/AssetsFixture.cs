using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using PipelineService.Assets;

namespace PipelineService.Tests.Assets;

/// <summary>The library over HTTP, and a web server to import from that counts as trusted.</summary>
public sealed class AssetsFixture : IAsyncLifetime
{
    public LibraryHost Host { get; private set; } = null!;

    /// <summary>A trusted place on the loopback network.</summary>
    public ScriptedServer Pictures { get; private set; } = null!;

    /// <summary>Another one, which nobody trusts.</summary>
    public ScriptedServer Internal { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Pictures = await ScriptedServer.StartAsync();
        Internal = await ScriptedServer.StartAsync();
        Host = await LibraryHost.StartAsync(
            builder => builder.AddAssets(),
            app => app.MapAssets(),
            new Dictionary<string, string?>
            {
                ["Assets:TrustedEndpoints:0"] = $"127.0.0.1:{Pictures.Address.Port}",
                ["Assets:ImportTimeout"] = "00:00:02",
                ["Assets:MaxFiles"] = "40",
                ["Assets:MaxUnpackedBytes"] = "60000000",
                ["Assets:MaxUploadBytes"] = "70000000",
            });
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Pictures.DisposeAsync();
        await Internal.DisposeAsync();
    }

    public static MultipartFormDataContent Form(params (string Name, byte[] Bytes)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            form.Add(part, "files", name);
        }

        return form;
    }

    /// <summary>Uploads one good picture and returns it.</summary>
    public static async Task<JsonNode> UploadAsync(HttpClient client, int seed, string name = "photo.png")
    {
        using var answer = await client.PostAsync(new Uri("/assets", UriKind.Relative), Form((name, TestPictures.Png(seed))));
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
        return (await JsonAsync(answer))["data"]![0]!;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) => JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
}
