using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class Waiting : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_items_leased",
                schema: "pipeline",
                table: "items");

            migrationBuilder.CreateTable(
                name: "lane_rates",
                schema: "pipeline",
                columns: table => new
                {
                    lane = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<double>(type: "double precision", nullable: false),
                    service_sec = table.Column<double>(type: "double precision", nullable: false),
                    span_sec = table.Column<double>(type: "double precision", nullable: false),
                    full = table.Column<bool>(type: "boolean", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lane_rates", x => x.lane);
                });

            migrationBuilder.CreateTable(
                name: "model_durations",
                schema: "pipeline",
                columns: table => new
                {
                    provider = table.Column<string>(type: "text", nullable: false),
                    model = table.Column<string>(type: "text", nullable: false),
                    variant = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<double>(type: "double precision", nullable: false),
                    mean_sec = table.Column<double>(type: "double precision", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_model_durations", x => new { x.provider, x.model, x.variant });
                });

            migrationBuilder.CreateIndex(
                name: "ix_items_in_flight",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "id" },
                filter: "status in ('dispatched', 'running')");

            BusyTables.Set(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "lane_rates",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "model_durations",
                schema: "pipeline");

            migrationBuilder.DropIndex(
                name: "ix_items_in_flight",
                schema: "pipeline",
                table: "items");

            migrationBuilder.CreateIndex(
                name: "ix_items_leased",
                schema: "pipeline",
                table: "items",
                column: "lease_until",
                filter: "status in ('dispatched', 'running')");
        }
    }
}
