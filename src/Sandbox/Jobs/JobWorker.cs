using Microsoft.Extensions.Options;
using Providers;

namespace Sandbox.Jobs;

/// <summary>Runs what the queue lets run.</summary>
internal sealed class JobWorker(JobQueue queue, JobRenderer renderer, JobCallbacks callbacks, IOptions<SandboxOptions> options, TimeProvider time, ILogger<JobWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await queue.Pulse.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            while (queue.Take() is { } job)
            {
                _ = RunAsync(job, stoppingToken);
            }
        }
    }

    private async Task RunAsync(Job job, CancellationToken stoppingToken)
    {
        JobOutcome outcome;
        try
        {
            var least = Task.Delay(job.Model.Kind == GenerationKind.Video ? options.Value.VideoTime : options.Value.ImageTime, time, stoppingToken);
            outcome = await renderer.RunAsync(job, stoppingToken);
            await least;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                logger.Broke(exception, job.Id);
            }

            outcome = new JobOutcome(JobEnd.ModelError);
        }

        queue.End(job.Id, outcome);
        try
        {
            await callbacks.SendAsync(job.Id, stoppingToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                logger.Broke(exception, job.Id);
            }
        }
    }
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} broke.")]
    public static partial void Broke(this ILogger logger, Exception exception, string id);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nobody takes the call back of job {Id}: {Reason}")]
    public static partial void NotTaken(this ILogger logger, string id, string reason);
}
