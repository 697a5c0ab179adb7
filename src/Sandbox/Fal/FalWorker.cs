using Microsoft.Extensions.Options;
using Providers;

namespace Sandbox.Fal;

/// <summary>Runs what the queue lets run.</summary>
internal sealed class FalWorker(FalQueue queue, FalRenderer renderer, IOptions<SandboxOptions> options, TimeProvider time, ILogger<FalWorker> logger) : BackgroundService
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

    private async Task RunAsync(FalJob job, CancellationToken stoppingToken)
    {
        FalOutcome outcome;
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

            outcome = FalOutcome.Error(500, "internal_server_error", "Internal server error");
        }

        queue.End(job.Id, queue.IsCancelAsked(job.Id) ? FalQueue.Cancelled : outcome);
    }
}

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} broke.")]
    public static partial void Broke(this ILogger logger, Exception exception, string id);
}
