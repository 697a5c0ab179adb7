using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PipelineService.Storage;

namespace PipelineService.Progress;

/// <summary>Deletes the events of pipelines that finished long ago, a few pipelines at a time. Any number of processes may run it.</summary>
internal sealed class EventSweeper(IServiceScopeFactory scopes, IOptions<ProgressOptions> options, TimeProvider time, ILogger<EventSweeper> logger) : BackgroundService
{
    private const int PipelinesAtOnce = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.KeepFor == TimeSpan.Zero)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(options.Value.SweepEvery, time, stoppingToken);
            try
            {
                while (await SweepAsync(stoppingToken) > 0)
                {
                    logger.EventsSwept();
                }
            }
            catch (Exception exception) when (exception is DbException or TimeoutException or InvalidOperationException { InnerException: DbException })
            {
                logger.FeedWaits(exception.Message);
            }
        }
    }

    private async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PipelineDbContext>();
        var before = time.GetUtcNow() - options.Value.KeepFor;
        return await db.Database.ExecuteSqlAsync(
            $"""
            delete from pipeline.event_batches e using (
                select p.id from pipeline.pipelines p
                where p.finished_at < {before} and exists (select 1 from pipeline.event_batches kept where kept.pipeline_id = p.id)
                order by p.id limit {PipelinesAtOnce}) done
            where e.pipeline_id = done.id
            """,
            cancellationToken);
    }
}
