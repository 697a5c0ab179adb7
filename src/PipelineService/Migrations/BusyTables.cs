using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineService.Migrations;

/// <summary>
/// Storage of the tables that a run changes all the time. Rows that every batch changes get room on their page, so that a change touches no index;
/// tables that a large run turns over are cleaned while it runs, not after it.
/// </summary>
internal static class BusyTables
{
    public static void Set(MigrationBuilder migration)
    {
        foreach (var table in new[] { "pipelines", "pipeline_steps", "dispatch_queues", "tenant_feeds", "lane_rates" })
        {
            migration.Sql($"alter table pipeline.{table} set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)");
        }

        migration.Sql("alter table pipeline.items set (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0.02)");
        migration.Sql("alter table pipeline.outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)");
    }
}
