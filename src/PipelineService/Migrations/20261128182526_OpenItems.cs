using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class OpenItems : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_items_failed",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropIndex(
                name: "ix_items_in_flight",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropIndex(
                name: "ix_items_queued",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropIndex(
                name: "ix_items_queued_own",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropPrimaryKey(
                name: "pk_assets",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropIndex(
                name: "ix_assets_tenant_id_id",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.AddColumn<bool>(
                name: "has_failed",
                schema: "pipeline",
                table: "items",
                type: "boolean",
                nullable: false,
                computedColumnSql: "status = 'failed'",
                stored: true);

            migrationBuilder.AddColumn<bool>(
                name: "open",
                schema: "pipeline",
                table: "items",
                type: "boolean",
                nullable: false,
                computedColumnSql: "status in ('queued', 'dispatched', 'running')",
                stored: true);

            migrationBuilder.AddPrimaryKey(
                name: "pk_assets",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_items_failed",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "id" },
                filter: "has_failed");

            migrationBuilder.CreateIndex(
                name: "ix_items_open",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "open");

            migrationBuilder.CreateIndex(
                name: "ix_items_open_own",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "open and resolved is not null");

            // Room for the row that an item becomes when it is sent, on its own page.
            migrationBuilder.Sql("alter table pipeline.items set (fillfactor = 50)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table pipeline.items set (fillfactor = 85)");

            migrationBuilder.DropIndex(
                name: "ix_items_failed",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropIndex(
                name: "ix_items_open",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropIndex(
                name: "ix_items_open_own",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropPrimaryKey(
                name: "pk_assets",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "has_failed",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropColumn(
                name: "open",
                schema: "pipeline",
                table: "items");

            migrationBuilder.AddPrimaryKey(
                name: "pk_assets",
                schema: "pipeline",
                table: "assets",
                column: "id");

            migrationBuilder.CreateIndex(
                name: "ix_items_failed",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "id" },
                filter: "status = 'failed'");

            migrationBuilder.CreateIndex(
                name: "ix_items_in_flight",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "id" },
                filter: "status in ('dispatched', 'running')");

            migrationBuilder.CreateIndex(
                name: "ix_items_queued",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "status = 'queued'");

            migrationBuilder.CreateIndex(
                name: "ix_items_queued_own",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "status = 'queued' and resolved is not null");

            migrationBuilder.CreateIndex(
                name: "ix_assets_tenant_id_id",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "id" },
                descending: new[] { false, true });
        }
    }
}
