using System.Globalization;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Providers.Fal;
using Providers.Webhooks;
using Sandbox.Jobs;

namespace Sandbox.Fal;

/// <summary>Signs calls back as fal does, with a key of its own that it shows at <c>/.well-known/jwks.json</c>.</summary>
internal sealed class FalSigner(TimeProvider time)
{
    private const string User = "sandbox-user";
    private readonly SigningKey _key = SigningKey.Make();

    public JsonObject Keys => new()
    {
        ["keys"] = new JsonArray(new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Base64Url.EncodeToString(_key.Public), ["use"] = "sig" }),
    };

    public (byte[] Body, IReadOnlyDictionary<string, string> Headers) Sign(FalJob job)
    {
        var (status, payload) = job.Answer()!.Value;
        var body = new JsonObject { ["request_id"] = job.Id, ["gateway_request_id"] = job.Id, ["status"] = status == 200 ? "OK" : "ERROR", ["payload"] = payload };
        if (status != 200)
        {
            body["error"] = $"Invalid status code: {status}";
        }

        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var now = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (bytes, new Dictionary<string, string>
        {
            ["X-Fal-Webhook-Request-Id"] = job.Id,
            ["X-Fal-Webhook-User-Id"] = User,
            ["X-Fal-Webhook-Timestamp"] = now,
            ["X-Fal-Webhook-Signature"] = Convert.ToHexStringLower(_key.Sign(FalWebhook.Message(job.Id, User, now, bytes))),
        });
    }
}

/// <summary>An Ed25519 key of the sandbox's. It protects nothing, so that its arithmetic takes longer for some keys than for others is of no matter.</summary>
internal sealed record SigningKey(byte[] Public, BigInteger Secret, byte[] Prefix)
{
    public static SigningKey Make()
    {
        var hash = SHA512.HashData(RandomNumberGenerator.GetBytes(32));
        hash[0] &= 248;
        hash[31] = (byte)((hash[31] & 127) | 64);
        var secret = new BigInteger(hash.AsSpan(0, 32), isUnsigned: true);
        return new SigningKey((EdwardsPoint.Base * secret).Encode(), secret, hash[32..]);
    }

    public byte[] Sign(byte[] message)
    {
        var nonce = new BigInteger(SHA512.HashData([.. Prefix, .. message]), isUnsigned: true) % EdwardsPoint.Order;
        var commitment = (EdwardsPoint.Base * nonce).Encode();
        var response = (nonce + (Ed25519.Challenge(commitment, Public, message) * Secret)) % EdwardsPoint.Order;
        var signature = new byte[Ed25519.SignatureBytes];
        commitment.CopyTo(signature, 0);
        response.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true);
        return signature;
    }
}
