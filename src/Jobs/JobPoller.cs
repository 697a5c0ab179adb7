using Contracts.Generation;
using Jobs.Storage;
using Media;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Providers;

namespace Jobs;

/// <summary>Finishes jobs that providers have accepted: this process's own, and those whose owner is gone. No message is held meanwhile, so none can be lost.</summary>
public sealed class JobPoller(
    string lane, JobStore store, JobBook book, ItemRunner runner, Hand hand, ProviderRegistry providers, IObjectStore objects, WorkerOptions options, TimeProvider time,
    ILogger<JobPoller> logger) : BackgroundService
{
    private const int MostAtOnce = 64;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.PollEvery / 2, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    var due = await store.DueAsync(lane, options.CallTimeout, MostAtOnce, stoppingToken);
                    await Task.WhenAll(due.Select(job => LookAsync(job.Item, job.Handle, job.SubmittedAt, stoppingToken)));
                }
                catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
                {
                    logger.BackgroundFailed("job poller", exception.Message);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }

    /// <summary>Wait before the next look at a job of this age: a quarter of it, between the two bounds.</summary>
    public static TimeSpan NextLook(TimeSpan age, WorkerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return TimeSpan.FromTicks(Math.Clamp(age.Ticks / 4, options.PollEvery.Ticks, Math.Max(options.PollEvery.Ticks, options.MaxPollEvery.Ticks)));
    }

    private async Task LookAsync(WorkItem item, string handle, DateTimeOffset submittedAt, CancellationToken cancellationToken)
    {
        if (hand.Take(item.Ref))
        {
            hand.Begin(item.Ref);
        }

        var age = time.GetUtcNow() - submittedAt;
        try
        {
            if (await PollAsync(item, handle, cancellationToken) is { } outcome && !await runner.FinishAsync(item, outcome, handle, submittedAt, cancellationToken))
            {
                hand.Drop(item.Ref);
                return;
            }

            if (age > options.MaxJobAge)
            {
                await runner.FailAsync(
                    item, new ItemFailure(FailureKind.OutcomeUnknown, $"The provider accepted it but did not finish within {options.MaxJobAge.TotalMinutes:0} minutes."), handle, submittedAt, cancellationToken);
                hand.Drop(item.Ref);
                return;
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // A look that fails says nothing about the job: look again.
            logger.BackgroundFailed("look at job " + handle, exception.Message);
        }

        await book.UpdateAsync(new JobUpdate(item, handle, null, time.GetUtcNow() + NextLook(age, options)), cancellationToken);
    }

    private async Task<ProviderResult?> PollAsync(WorkItem item, string handle, CancellationToken cancellationToken)
    {
        if (providers.Find(item.Provider) is not { } provider || await objects.GetLocalPathAsync(item.Source.ObjectKey, cancellationToken) is not { } path)
        {
            return null;
        }

        using var activity = Tracing.Source.StartActivity("poll " + item.Lane);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.CallTimeout);
        return await provider.PollAsync(handle, item.Request(path), limit.Token);
    }
}
