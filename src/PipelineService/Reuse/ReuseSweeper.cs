using Microsoft.Extensions.Options;
using Npgsql;
using PipelineService.Orchestration;

namespace PipelineService.Reuse;

/// <summary>Clears away claims whose item is no longer in flight; they hold nothing any more.</summary>
internal sealed class ReuseSweeper(NpgsqlDataSource database, IOptions<ReuseOptions> options, TimeProvider time, ILogger<ReuseSweeper> logger)
    : PeriodicWork(options.Value.SweepEvery, time, logger)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            delete from pipeline.reuse_claims c
            where not exists (select 1 from pipeline.items i where i.id = c.item_id and i.tenant_id = c.tenant_id and i.status in ('dispatched', 'running'))
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
