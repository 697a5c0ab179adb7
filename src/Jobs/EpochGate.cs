using System.Globalization;
using Contracts.Generation;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jobs;

/// <summary>Whether an item may be submitted now.</summary>
public enum Gate
{
    Open,

    /// <summary>Its pipeline was paused or cancelled since it was sent. What the provider already works on goes on.</summary>
    Shut,

    /// <summary>Its pipeline was cancelled: what the provider works on may be stopped too.</summary>
    Cancelled,
}

/// <summary>Looks up the pipeline's epoch. Without Redis everything may go on; the ledger drops what comes late.</summary>
public sealed class EpochGate(IConnectionMultiplexer redis, ILogger<EpochGate> logger)
{
    public async Task<Gate> LookAsync(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            return Decide(await redis.GetDatabase().StringGetAsync(Epochs.Key(item.TenantId, item.PipelineId)), item.Epoch);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.EpochUnknown(exception.Message);
            return Gate.Open;
        }
    }

    /// <param name="smallest">As it stands in Redis; what is no number holds nobody up.</param>
    public static Gate Decide(string? smallest, long epoch) =>
        !long.TryParse(smallest, NumberStyles.None, CultureInfo.InvariantCulture, out var least) || least <= epoch ? Gate.Open
        : least == Epochs.Never ? Gate.Cancelled
        : Gate.Shut;
}
