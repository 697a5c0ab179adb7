using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Testing.Studio;

namespace System.Tests.Documents;

/// <summary>Holds docs/openapi.json to what a running studio serves. <c>./run gen</c> sets PIPELINE_GEN and so writes the file instead.</summary>
[Collection(NoOpStudio.Name)]
public sealed class PublicDocumentTests(NoOpStudio fixture)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_of_the_api_is_the_document()
    {
        var path = Path.Combine(Repository.Root, "docs", "openapi.json");
        var expected = (await ServedAsync()).ToJsonString(Readable) + "\n";
        if (Environment.GetEnvironmentVariable("PIPELINE_GEN") is { Length: > 0 })
        {
            await File.WriteAllTextAsync(path, expected);
        }

        Assert.True(File.Exists(path) && await File.ReadAllTextAsync(path) == expected, "docs/openapi.json is out of date: run './run gen', which also writes the web app's types.");
    }

    private async Task<JsonNode> ServedAsync()
    {
        var document = await fixture.Studio.Client.GetAsync("/openapi.json");
        foreach (var name in new[] { "RateLimit", "RateLimit-Policy" })
        {
            // They show the limits of this installation.
            document["components"]!["headers"]![name]!.AsObject().Remove("example");
        }

        return document;
    }
}
