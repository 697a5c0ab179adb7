using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Providers.Replicate;
using Sandbox.Jobs;

namespace Sandbox.Replicate;

/// <summary>Signs calls back as Replicate does.</summary>
internal sealed class ReplicateSigner(IOptions<SandboxOptions> options, TimeProvider time)
{
    public (byte[] Body, IReadOnlyDictionary<string, string> Headers) Sign(ReplicateJob job)
    {
        var body = Encoding.UTF8.GetBytes(job.Prediction(removed: false).ToJsonString());
        var (id, now) = ("msg_" + job.Id, time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return (body, new Dictionary<string, string>
        {
            ["webhook-id"] = id, ["webhook-timestamp"] = now, ["webhook-signature"] = ReplicateWebhook.SignatureOf(options.Value.ReplicateSecret, id, now, body),
        });
    }
}
