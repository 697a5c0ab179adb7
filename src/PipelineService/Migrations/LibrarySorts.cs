using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineService.Migrations;

/// <summary>The orders of the library that are not by age, each with its index: by expressions, which the model of EF Core cannot say.</summary>
internal static class LibrarySorts
{
    public static void Set(MigrationBuilder migration) => migration.Sql(
        """
        create index ix_assets_by_rating on pipeline.assets (tenant_id, coalesce(rating, 0), id) where deleted_at is null;
        create index ix_assets_by_cost on pipeline.assets (tenant_id, coalesce(cost, 0.0), id) where deleted_at is null;
        create index ix_assets_by_name on pipeline.assets (tenant_id, name, id desc) where deleted_at is null;
        """);

    public static void Unset(MigrationBuilder migration) =>
        migration.Sql("drop index pipeline.ix_assets_by_rating, pipeline.ix_assets_by_cost, pipeline.ix_assets_by_name");
}
