using System.Text.Json.Nodes;
using Testing.Studio;

namespace Providers.Tests.Fal;

/// <summary>Holds the sandbox honest: fal's own client from npm works with it as it does with fal.</summary>
[Collection(SandboxTests.Name)]
public sealed class FalClientTests(RunningSandbox sandbox)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Providers.Tests", "Fal", "client");

    [Fact]
    public async Task The_vendors_own_client_submits_follows_fetches_cancels_and_is_refused()
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "fal's client is not installed: './run test' does it, or 'npm ci' in tests/Providers.Tests/Fal/client.");
        using var rig = sandbox.Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"));

        var said = await Tools.RunAsync("node", Path.Combine(Folder, "client.mjs"), sandbox.Address.AbsoluteUri, RunningSandbox.Key, source);
        var seen = JsonNode.Parse(said)!;

        Assert.Contains("COMPLETED", seen["states"]!.AsArray().Select(state => state!.GetValue<string>()));
        Assert.Equal(("video/mp4", true), (Text(seen["clip"], "type"), Number(seen["clip"], "bytes") > 1000));
        Assert.Equal(Number(seen["clip"], "stated"), Number(seen["clip"], "bytes"));
        Assert.StartsWith("image/", Text(seen["still"], "type"), StringComparison.Ordinal);
        Assert.Equal(7, Number(seen, "seed"));
        Assert.Equal("IN_QUEUE", Text(seen["waiting"], "status"));
        Assert.True(Number(seen["waiting"], "position") >= 1, seen["waiting"]!.ToJsonString());
        Assert.Equal(499, Number(seen["cancelled"], "status"));
        Assert.Equal("COMPLETED", Text(seen, "streamed"));
        Assert.Equal((422, "literal_error"), (Number(seen["invalid"], "status"), Text(seen["invalid"], "type")));
        Assert.Equal((422, "missing"), (Number(seen["missing"], "status"), Text(seen["missing"], "type")));
        Assert.Equal((422, "content_policy_violation", "ValidationError"), (Number(seen["refused"], "status"), Text(seen["refused"], "type"), Text(seen["refused"], "name")));
        Assert.True(Text(seen["refused"], "request").Length > 10);
        Assert.Equal((429, 401, 404), (Number(seen["limited"], "status"), Number(seen["stranger"], "status"), Number(seen["unknown"], "status")));
    }

    private static int Number(JsonNode? owner, string name) => owner![name]!.GetValue<int>();

    private static string Text(JsonNode? owner, string name) => owner![name]!.GetValue<string>();
}
