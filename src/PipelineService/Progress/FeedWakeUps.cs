using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace PipelineService.Progress;

/// <summary>
/// Says which feeds have something new. One Redis subscription tells of them all; a look at the database now and then finds what a lost wake-up would
/// have told, and carries everything while Redis is away.
/// </summary>
internal sealed class FeedWakeUps(
    FeedHub hub, FeedStore store, IConnectionMultiplexer redis, IOptions<ProgressOptions> options, TimeProvider time, ILogger<FeedWakeUps> logger) : BackgroundService
{
    private readonly ProgressOptions _options = options.Value;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (!subscribed)
                {
                    await redis.GetSubscriber().SubscribeAsync(new RedisChannel(ProgressAnnouncer.AllChannels, RedisChannel.PatternMode.Pattern), OnAnnounced);
                    subscribed = true;
                }
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                logger.SubscriptionWaits(exception.Message);
            }

            await Task.Delay(subscribed && redis.IsConnected ? _options.LookEvery : _options.LookEveryWithoutRedis, time, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private void OnAnnounced(RedisChannel channel, RedisValue message)
    {
        if (Announcement.Parse(channel.ToString(), message.ToString()) is { } heard)
        {
            hub.Wake(new FeedKey(heard.TenantId, heard.PipelineId), heard.Number);
            hub.Wake(new FeedKey(heard.TenantId, null), heard.TenantNumber);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var watched = hub.Watched;
        if (watched.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var (key, number) in await store.NewestOfAsync(watched, cancellationToken))
            {
                hub.Wake(key, number);
            }
        }
        catch (Exception exception) when (FeedStore.IsAway(exception))
        {
            logger.FeedWaits(exception.Message);
        }
    }
}
