using System.Globalization;

namespace PipelineService.Progress;

/// <summary>What a wake-up says: the newest numbers of a pipeline's and its tenant's feed.</summary>
internal readonly record struct Announcement(long TenantId, long PipelineId, long Number, long TenantNumber)
{
    /// <param name="channel"><c>t:{tenant}:events</c>.</param>
    /// <param name="message"><c>{pipeline}:{number}:{tenant number}</c>.</param>
    /// <returns>Null for anything else that was published there.</returns>
    public static Announcement? Parse(string channel, string message)
    {
        var address = channel.Split(':');
        var parts = message.Split(':');
        return address is ["t", var tenant, "events"] && parts is [var pipeline, var number, var tenantNumber]
            && TryRead(tenant, out var t) && TryRead(pipeline, out var p) && TryRead(number, out var n) && TryRead(tenantNumber, out var tn)
                ? new Announcement(t, p, n, tn)
                : null;
    }

    private static bool TryRead(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
