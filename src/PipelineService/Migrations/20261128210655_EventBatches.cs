using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class EventBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "event_batches",
                schema: "pipeline",
                columns: table => new
                {
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    last_number = table.Column<long>(type: "bigint", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    last_tenant_number = table.Column<long>(type: "bigint", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    events = table.Column<string>(type: "json", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_batches", x => new { x.pipeline_id, x.last_number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_event_batches_tenant_id_last_tenant_number",
                schema: "pipeline",
                table: "event_batches",
                columns: new[] { "tenant_id", "last_tenant_number" },
                unique: true);

            migrationBuilder.Sql(
                """
                insert into pipeline.event_batches (tenant_id, pipeline_id, last_number, last_tenant_number, count, at, events)
                select tenant_id, pipeline_id, number, tenant_number, 1, at, json_build_array(json_build_array(event, data)) from pipeline.events
                """);

            migrationBuilder.DropTable(
                name: "events",
                schema: "pipeline");

            // One by one, for people and tests.
            migrationBuilder.Sql(
                """
                create view pipeline.events as
                select b.tenant_id, b.pipeline_id, b.last_number - b.count + e.place as number, b.last_tenant_number - b.count + e.place as tenant_number,
                    e.pair->>0 as event, b.at, e.pair->1 as data
                from pipeline.event_batches b cross join lateral json_array_elements(b.events) with ordinality as e (pair, place)
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter view pipeline.events rename to events_of_batches");

            migrationBuilder.CreateTable(
                name: "events",
                schema: "pipeline",
                columns: table => new
                {
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    data = table.Column<string>(type: "json", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    tenant_number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => new { x.pipeline_id, x.number });
                });

            migrationBuilder.CreateIndex(
                name: "ix_events_tenant_id_tenant_number",
                schema: "pipeline",
                table: "events",
                columns: new[] { "tenant_id", "tenant_number" },
                unique: true);

            migrationBuilder.Sql(
                """
                insert into pipeline.events (tenant_id, pipeline_id, number, tenant_number, event, at, data)
                select tenant_id, pipeline_id, number, tenant_number, event, at, data from pipeline.events_of_batches
                """);
            migrationBuilder.Sql("drop view pipeline.events_of_batches");

            migrationBuilder.DropTable(
                name: "event_batches",
                schema: "pipeline");
        }
    }
}
