using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Providers.Fal;
using Providers.Keys;
using Providers.Tests.Fal;
using Providers.Webhooks;
using Sandbox.Fal;

namespace Providers.Tests.Webhooks;

/// <summary>fal's calls: those that it signed, and all others.</summary>
[Collection(SandboxTests.Name)]
public sealed class FalWebhookTests(RunningSandbox sandbox)
{
    private const string Job = "764cabcf-b745-4b3e-ae38-1200304cf45b";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"request_id":"{{Job}}","status":"OK","payload":null}""");

    [Fact]
    public async Task A_call_signed_with_one_of_the_keys_names_its_job()
    {
        using var keys = new OwnKeys();
        Assert.Equal(new WebhookCall(Job), await keys.Webhook.ReadAsync(keys.Headers(Body), QueryCollection.Empty, Body, CancellationToken.None));
    }

    [Theory]
    [InlineData("another body")]
    [InlineData("another job")]
    [InlineData("too old")]
    [InlineData("from the future")]
    [InlineData("another user")]
    [InlineData("no signature")]
    [InlineData("not hex")]
    [InlineData("another key")]
    [InlineData("no number")]
    public async Task Any_other_call_is_nobody_s(string wrong)
    {
        using var keys = new OwnKeys();
        var headers = wrong switch
        {
            "too old" => keys.Headers(Body, TimeSpan.FromMinutes(-6)),
            "from the future" => keys.Headers(Body, TimeSpan.FromMinutes(6)),
            "another key" => new OwnKeys().Headers(Body),
            _ => keys.Headers(Body),
        };
        headers["X-Fal-Webhook-Request-Id"] = wrong == "another job" ? Guid.NewGuid().ToString() : headers["X-Fal-Webhook-Request-Id"];
        headers["X-Fal-Webhook-User-Id"] = wrong == "another user" ? "somebody" : headers["X-Fal-Webhook-User-Id"];
        headers["X-Fal-Webhook-Timestamp"] = wrong == "no number" ? "now" : headers["X-Fal-Webhook-Timestamp"];
        headers["X-Fal-Webhook-Signature"] = wrong switch { "no signature" => "", "not hex" => new string('z', 128), _ => headers["X-Fal-Webhook-Signature"] };

        Assert.Null(await keys.Webhook.ReadAsync(headers, QueryCollection.Empty, wrong == "another body" ? Encoding.UTF8.GetBytes("{}") : Body, CancellationToken.None));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("job", false)]
    [InlineData("place", false)]
    [InlineData("tenant", false)]
    [InlineData("proof", false)]
    [InlineData("key", false)]
    public async Task The_address_proves_which_request_it_is_for(string changed, bool proven)
    {
        using var keys = new OwnKeys();
        var address = new Uri(new VendorCallback(7, "7-8-1", "fal-ai/kling-video").Address(new Uri("https://studio.example/webhooks/fal?x=1"), changed == "key" ? "other:key" : OwnKeys.Key));
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Query);
        if (query.TryGetValue(changed, out var right))
        {
            query[changed] = right.ToString()[..^1] + "x";
        }

        var call = await keys.Webhook.ReadAsync(keys.Headers(Body), new QueryCollection(query), Body, CancellationToken.None);

        Assert.Equal(proven ? new WebhookCall(Job, "7-8-1", $"{Job} /fal-ai/kling-video/requests/{Job}") : new WebhookCall(Job), call);
        Assert.Equal("https://studio.example/webhooks/fal", address.GetLeftPart(UriPartial.Path));
    }

    [Fact]
    public async Task Without_its_keys_nothing_is_believed_and_nothing_breaks()
    {
        using var keys = new OwnKeys(new Uri("http://127.0.0.1:9/jwks.json"));
        Assert.Null(await keys.Webhook.ReadAsync(keys.Headers(Body), QueryCollection.Empty, Body, CancellationToken.None));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"a"},{"kty":"OKP","crv":"Ed25519"},{"kty":"OKP","crv":"Ed25519","x":"short"},7]}""")]
    public void Key_sets_without_a_usable_key_hold_none(string json) => Assert.Empty(FalKeys.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public async Task The_sandbox_s_keys_are_read_as_fal_s()
    {
        var json = await sandbox.Http.GetByteArrayAsync("/.well-known/jwks.json");
        Assert.Equal(Ed25519.KeyBytes, Assert.Single(FalKeys.Read(json)).Length);
    }

    /// <summary>A key of this test's, served to the adapter from a file of a server of its own.</summary>
    private sealed class OwnKeys : IDisposable
    {
        public const string Key = "test:key";
        private readonly SigningKey _key = SigningKey.Make();
        private readonly KeyServer _server;
        private readonly FalKeys _keys;

        public OwnKeys(Uri? elsewhere = null)
        {
            var set = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = System.Buffers.Text.Base64Url.EncodeToString(_key.Public) }) };
            _server = new KeyServer(set.ToJsonString());
            var options = Options.Create(new FalOptions { Key = Key, JwksUrl = elsewhere ?? _server.Address });
            _keys = new FalKeys(options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<FalKeys>.Instance);
            Webhook = new FalWebhook(_keys, Nobodys(), options, TimeProvider.System);
        }

        /// <summary>No workspace has a key of its own.</summary>
        private static WorkspaceKeys Nobodys()
        {
            var options = Options.Create(new KeysOptions());
            return new WorkspaceKeys(
                new NoKeyShelf(), new KeySeal(options, TimeProvider.System), options, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkspaceKeys>.Instance);
        }

        public FalWebhook Webhook { get; }

        public HeaderDictionary Headers(byte[] body, TimeSpan shift = default)
        {
            var now = (TimeProvider.System.GetUtcNow() + shift).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            return new HeaderDictionary
            {
                ["X-Fal-Webhook-Request-Id"] = Job, ["X-Fal-Webhook-User-Id"] = "user", ["X-Fal-Webhook-Timestamp"] = now,
                ["X-Fal-Webhook-Signature"] = Convert.ToHexStringLower(_key.Sign(FalWebhook.Message(Job, "user", now, body))),
            };
        }

        public void Dispose()
        {
            _keys.Dispose();
            _server.Dispose();
        }
    }
}
