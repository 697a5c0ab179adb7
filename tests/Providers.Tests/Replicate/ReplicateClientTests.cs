using System.Text;
using System.Text.Json.Nodes;
using Providers.Replicate;
using Providers.Tests.Fal;
using Testing.Studio;

namespace Providers.Tests.Replicate;

/// <summary>Holds the sandbox honest: Replicate's own client from npm works with it as it does with Replicate, and takes our signatures.</summary>
[Collection(SandboxTests.Name)]
public sealed class ReplicateClientTests(RunningSandbox sandbox)
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Providers.Tests", "Replicate", "client");

    [Fact]
    public async Task The_vendors_own_client_runs_looks_cancels_uploads_is_refused_and_believes_a_webhook()
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "Replicate's client is not installed: './run test' does it, or 'npm ci' in tests/Providers.Tests/Replicate/client.");
        using var rig = sandbox.Rig();
        var source = await Tools.PictureAsync(rig.PathOf("source.png"), 320, 240);
        var signature = ReplicateWebhook.SignatureOf(Secret, "msg_1", "1614265330", Encoding.UTF8.GetBytes("{\"id\":\"x\"}"));

        var said = await Tools.RunAsync("node", Path.Combine(Folder, "client.mjs"), sandbox.Address.AbsoluteUri, RunningSandbox.Token, source, Secret, signature);
        var seen = JsonNode.Parse(said)!;

        Assert.Equal(("video/mp4", true), (Text(seen["clip"], "type"), Number(seen["clip"], "bytes") > 1000));
        Assert.StartsWith("image/", Text(seen["still"], "type"), StringComparison.Ordinal);
        Assert.Contains("succeeded", seen["states"]!.AsArray().Select(state => state!.GetValue<string>()));
        Assert.Contains(Text(seen["created"], "status"), new[] { "starting", "processing" }); // a job that finds a free place is begun before the answer is written
        Assert.Equal("google/nano-banana", Text(seen["created"], "model"));
        Assert.Equal(("succeeded", 1), (Text(seen["looked"], "status"), Number(seen["looked"], "counted")));
        Assert.Equal("canceled", Text(seen, "cancelled"));
        Assert.Equal(("image/png", true), (Text(seen["file"], "type"), Text(seen["file"], "get").StartsWith(sandbox.Address.AbsoluteUri + "v1/files/", StringComparison.Ordinal)));
        Assert.Contains("(E005)", Text(seen["refused"], "message"), StringComparison.Ordinal);
        Assert.Equal((422, "enum"), (Number(seen["invalid"], "status"), Text(seen["invalid"], "type")));
        Assert.Equal((402, 401, 404), (Number(seen["poor"], "status"), Number(seen["stranger"], "status"), Number(seen["unknown"], "status")));
        Assert.Equal(429, Number(seen["limited"], "status"));
        Assert.Equal((true, false), (seen["webhook"]!["ours"]!.GetValue<bool>(), seen["webhook"]!["changed"]!.GetValue<bool>()));
    }

    private static int Number(JsonNode? owner, string name) => owner![name]!.GetValue<int>();

    private static string Text(JsonNode? owner, string name) => owner![name]!.GetValue<string>();
}
