using System.Globalization;
using StackExchange.Redis;

namespace PipelineService.Progress;

/// <summary>
/// Wakes readers after a commit: one message a pipeline on the channel of its tenant, <c>pipeline:number:tenantNumber</c> of its newest event.
/// The events themselves are in the database, so a lost wake-up costs only time.
/// </summary>
public sealed class ProgressAnnouncer(IConnectionMultiplexer redis, ILogger<ProgressAnnouncer> logger)
{
    /// <summary>Matches every tenant's channel.</summary>
    public const string AllChannels = "t:*:events";

    public static string Channel(long tenantId) => string.Create(CultureInfo.InvariantCulture, $"t:{tenantId}:events");

    public async Task AnnounceAsync(IReadOnlyList<EventBatch> committed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(committed);
        try
        {
            var database = redis.GetDatabase();
            foreach (var newest in committed)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var text = string.Create(CultureInfo.InvariantCulture, $"{newest.PipelineId}:{newest.LastNumber}:{newest.LastTenantNumber}");
                await database.PublishAsync(Channel(newest.TenantId), text, CommandFlags.FireAndForget);
            }
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.AnnouncementLost(exception.Message);
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "Redis cannot be reached; readers of the feed find new events by looking: {Reason}")]
    public static partial void AnnouncementLost(this ILogger logger, string reason);
}
