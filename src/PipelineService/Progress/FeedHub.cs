using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace PipelineService.Progress;

/// <summary>
/// The feeds that somebody reads in this process. One Redis subscription wakes them all; a look at the database now and then finds what a lost
/// wake-up would have told, and carries everything while Redis is away.
/// </summary>
internal sealed class FeedHub(FeedStore store, IConnectionMultiplexer redis, IOptions<ProgressOptions> options, TimeProvider time, ILogger<FeedHub> logger)
    : BackgroundService
{
    private readonly ProgressOptions _options = options.Value;
    private readonly Lock _lock = new();
    private readonly Dictionary<FeedKey, FeedTail> _tails = [];

    /// <summary>Follows a feed from now on: every event behind <paramref name="newest"/>, which was read before, reaches the queue or leaves a gap in it.</summary>
    public FeedSubscription Follow(FeedKey key, long newest)
    {
        lock (_lock)
        {
            if (!_tails.TryGetValue(key, out var tail))
            {
                _tails[key] = tail = new FeedTail(key, newest, store, _options, logger);
                tail.Start();
            }

            tail.Readers++;
            return new FeedSubscription(this, tail, tail.AddQueue());
        }
    }

    public void Leave(FeedTail tail, Channel<FeedEvent> queue)
    {
        lock (_lock)
        {
            tail.RemoveQueue(queue);
            if (--tail.Readers == 0)
            {
                _tails.Remove(tail.Key);
                tail.Dispose();
            }
        }
    }

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
            Wake(new FeedKey(heard.TenantId, heard.PipelineId), heard.Number);
            Wake(new FeedKey(heard.TenantId, null), heard.TenantNumber);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        FeedKey[] watched;
        lock (_lock)
        {
            watched = [.. _tails.Keys];
        }

        if (watched.Length == 0)
        {
            return;
        }

        try
        {
            foreach (var (key, number) in await store.NewestOfAsync(watched, cancellationToken))
            {
                Wake(key, number);
            }
        }
        catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
        {
            logger.FeedWaits(exception.Message);
        }
    }

    private void Wake(FeedKey key, long number)
    {
        lock (_lock)
        {
            _tails.GetValueOrDefault(key)?.Wake(number);
        }
    }
}

/// <summary>One reader's place at a feed; disposed when the reader leaves.</summary>
internal sealed class FeedSubscription(FeedHub hub, FeedTail tail, Channel<FeedEvent> queue) : IDisposable
{
    public ChannelReader<FeedEvent> Live => queue.Reader;

    public void Dispose() => hub.Leave(tail, queue);
}
