using Contracts.Generation;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Jobs;

/// <summary>Whether an item may still be submitted: its pipeline was not cancelled or paused since it was sent. Without Redis it may; the ledger drops what comes late.</summary>
public sealed class EpochGate(IConnectionMultiplexer redis, ILogger<EpochGate> logger)
{
    public async Task<bool> MayStartAsync(ItemRef item)
    {
        ArgumentNullException.ThrowIfNull(item);
        try
        {
            var smallest = await redis.GetDatabase().StringGetAsync(Epochs.Key(item.TenantId, item.PipelineId));
            return !smallest.HasValue || (long)smallest <= item.Epoch;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.EpochUnknown(exception.Message);
            return true;
        }
    }
}
