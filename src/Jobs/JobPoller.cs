using System.Collections.Concurrent;
using Contracts.Generation;
using Jobs.Storage;
using Media;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Providers;
using Providers.Keys;
using Providers.Traffic;

namespace Jobs;

/// <summary>Finishes jobs that providers have accepted: this process's own, and those whose owner is gone. No message is held meanwhile, so none can be lost.</summary>
public sealed class JobPoller(
    string lane, JobStore store, JobBook book, ItemFinisher finisher, EpochGate epochs, Hand hand, ProviderRegistry providers, IObjectStore objects,
    RouteTraffic traffic, WorkspaceKeys keys, WorkerOptions options, TimeProvider time, ILogger<JobPoller> logger) : BackgroundService, IHostedLifecycleService
{
    private readonly ConcurrentDictionary<(long ItemId, int Attempt), Task> _looks = new();
    private readonly ConcurrentDictionary<(long ItemId, int Attempt), bool> _cancelled = new();
    private readonly CancellationTokenSource _stopLooks = new();
    private readonly CancellationTokenSource _stopTaking = new();

    /// <summary>Wait before the next look at a job of this age: a quarter of it, between the two bounds.</summary>
    public static TimeSpan NextLook(TimeSpan age, WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TimeSpan.FromTicks(Math.Clamp(age.Ticks / 4, options.PollEvery.Ticks, Math.Max(options.PollEvery.Ticks, options.MaxPollEvery.Ticks)));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>While the bus still runs, so that a look that ends now can tell its result.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await _stopTaking.CancelAsync();
        await Task.WhenAny(Task.WhenAll(_looks.Values), Task.Delay(options.StopPolls, time, cancellationToken));
        await _stopLooks.CancelAsync();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _stopTaking.Dispose();
        _stopLooks.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PollEvery / 2, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, _stopTaking.Token);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                await TakeDueAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    private async Task TakeDueAsync(CancellationToken cancellationToken)
    {
        var free = options.MostPolls - _looks.Count;
        if (free <= 0)
        {
            return;
        }

        try
        {
            foreach (var job in await store.DueAsync(lane, options.CallTimeout, free, cancellationToken))
            {
                Start(job);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            logger.BackgroundFailed("job poller", exception.Message);
        }
    }

    // One slow look holds no other up.
    private void Start(DueJob job)
    {
        var begin = new TaskCompletionSource();
        if (_looks.TryAdd((job.ItemId, job.Attempt), LookWhenAsync(begin.Task, job)))
        {
            begin.SetResult();
        }
    }

    private async Task LookWhenAsync(Task begin, DueJob job)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await LookAsync(job, _stopLooks.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.BackgroundFailed($"look at job {job.Handle}", exception.Message);
        }
        finally
        {
            _looks.TryRemove((job.ItemId, job.Attempt), out _);
        }
    }

    private async Task LookAsync(DueJob job, CancellationToken cancellationToken)
    {
        var item = WorkItem.Read(lane, job.Task);
        hand.Keep(item.Ref, job.SubmittedAt, options.LookLife);
        traffic.Keep(item.Route(keys), item.Key, options.LookLife);
        var age = time.GetUtcNow() - job.SubmittedAt;
        var open = true;
        try
        {
            await StopIfCancelledAsync(item, job.Handle, cancellationToken);
            if (await PollAsync(item, job.Handle, cancellationToken) is { } outcome)
            {
                open = await finisher.FinishAsync(item, traffic.Looked(item.Route(keys), outcome), job.Handle, job.SubmittedAt);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // A look that fails says nothing about the job: look again.
            logger.BackgroundFailed($"look at job {job.Handle}", exception.Message);
        }

        if (open && age > options.MaxJobAge)
        {
            var message = $"The provider accepted it but did not finish within {options.MaxJobAge.TotalMinutes:0} minutes.";
            await finisher.FailAsync(item, new ItemFailure(FailureKind.OutcomeUnknown, message), job.Handle, job.SubmittedAt);
            open = false;
        }

        if (open)
        {
            await book.UpdateAsync(new JobUpdate(item, null, null, time.GetUtcNow() + NextLook(age, options)));
            return;
        }

        _cancelled.TryRemove(item.Key, out _);
        hand.Drop(item.Ref);
        traffic.Drop(item.Route(keys), item.Key);
    }

    /// <summary>Asks the provider to stop, once; whether it does is seen by polling on.</summary>
    private async Task StopIfCancelledAsync(WorkItem item, string handle, CancellationToken cancellationToken)
    {
        if (await epochs.LookAsync(item.Ref) != Gate.Cancelled || providers.Find(item.Provider) is not { } provider || !_cancelled.TryAdd(item.Key, true))
        {
            return;
        }

        using var limit = Limit(cancellationToken);
        try
        {
            await provider.CancelAsync(handle, item.Ref.TenantId, limit.Token);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            logger.BackgroundFailed($"cancel of job {handle}", exception.Message);
        }
    }

    private async Task<ProviderResult?> PollAsync(WorkItem item, string handle, CancellationToken cancellationToken)
    {
        if (providers.Find(item.Provider) is not { } provider)
        {
            return null;
        }

        using var activity = Tracing.Source.StartActivity("poll " + item.Lane);
        activity?.SetTag("item.id", item.Ref.ItemId).SetTag("item.attempt", item.Ref.Attempt).SetTag("provider", item.Provider);
        // The source may be gone meanwhile; the provider has it, and what was bought is fetched all the same.
        var path = await objects.GetLocalPathAsync(item.Source.ObjectKey, cancellationToken) ?? string.Empty;
        using var limit = Limit(cancellationToken);
        return await provider.PollAsync(handle, item.Request(path), limit.Token);
    }

    private CancellationTokenSource Limit(CancellationToken cancellationToken)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        return limit;
    }
}
