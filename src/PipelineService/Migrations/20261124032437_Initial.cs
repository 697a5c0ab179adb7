using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "pipeline");

            migrationBuilder.CreateTable(
                name: "assets",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    duration_sec = table.Column<decimal>(type: "numeric(10,3)", precision: 10, scale: 3, nullable: true),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    object_key = table.Column<string>(type: "text", nullable: false),
                    poster_key = table.Column<string>(type: "text", nullable: true),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: true),
                    output_id = table.Column<long>(type: "bigint", nullable: true),
                    model = table.Column<string>(type: "text", nullable: true),
                    prompt = table.Column<string>(type: "text", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_assets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "dispatch_queues",
                schema: "pipeline",
                columns: table => new
                {
                    lane = table.Column<string>(type: "text", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    queued = table.Column<int>(type: "integer", nullable: false),
                    in_flight = table.Column<int>(type: "integer", nullable: false),
                    held = table.Column<bool>(type: "boolean", nullable: false),
                    virtual_time = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_dispatch_queues", x => new { x.lane, x.pipeline_id });
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "pipeline",
                columns: table => new
                {
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    tenant_number = table.Column<long>(type: "bigint", nullable: false),
                    @event = table.Column<string>(name: "event", type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => new { x.pipeline_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "idempotency",
                schema: "pipeline",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    route = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    status_code = table.Column<int>(type: "integer", nullable: true),
                    content_type = table.Column<string>(type: "text", nullable: true),
                    location = table.Column<string>(type: "text", nullable: true),
                    e_tag = table.Column<string>(type: "text", nullable: true),
                    body = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency", x => new { x.tenant_id, x.route, x.key });
                });

            migrationBuilder.CreateTable(
                name: "late_results",
                schema: "pipeline",
                columns: table => new
                {
                    item_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_late_results", x => new { x.item_id, x.attempt });
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    body = table.Column<string>(type: "text", nullable: false),
                    queue = table.Column<string>(type: "text", nullable: true),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "pipelines",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    saga_state = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    mode = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    status = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    status_reason = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: true),
                    pause_requested = table.Column<bool>(type: "boolean", nullable: false),
                    checkpoints = table.Column<string[]>(type: "text[]", nullable: false),
                    inputs = table.Column<string>(type: "jsonb", nullable: false),
                    budget_usd = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    on_item_failure = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    reuse = table.Column<bool>(type: "boolean", nullable: false),
                    webhook_url = table.Column<string>(type: "text", nullable: true),
                    tags = table.Column<string[]>(type: "text[]", nullable: false),
                    run_group_id = table.Column<Guid>(type: "uuid", nullable: true),
                    current_step_id = table.Column<long>(type: "bigint", nullable: true),
                    epoch = table.Column<long>(type: "bigint", nullable: false),
                    cost_estimate = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_actual = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    last_event = table.Column<long>(type: "bigint", nullable: false),
                    trace_parent = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipelines", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "tenant_feeds",
                schema: "pipeline",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    last_number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_feeds", x => x.tenant_id);
                });

            migrationBuilder.CreateTable(
                name: "pipeline_steps",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    step_type = table.Column<string>(type: "text", nullable: false),
                    step_order = table.Column<int>(type: "integer", nullable: false),
                    config = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    resolved = table.Column<string>(type: "jsonb", nullable: true),
                    provider = table.Column<string>(type: "text", nullable: true),
                    unit_price = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    images_in = table.Column<int>(type: "integer", nullable: false),
                    prompts_in = table.Column<int>(type: "integer", nullable: false),
                    units_per_item = table.Column<int>(type: "integer", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    open = table.Column<int>(type: "integer", nullable: false),
                    succeeded = table.Column<int>(type: "integer", nullable: false),
                    failed = table.Column<int>(type: "integer", nullable: false),
                    cancelled = table.Column<int>(type: "integer", nullable: false),
                    cost_estimate = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cost_actual = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    error = table.Column<string>(type: "text", nullable: true),
                    progress_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    progress_due = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipeline_steps", x => x.id);
                    table.ForeignKey(
                        name: "fk_pipeline_steps_pipelines_pipeline_id",
                        column: x => x.pipeline_id,
                        principalSchema: "pipeline",
                        principalTable: "pipelines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "items",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    step_id = table.Column<long>(type: "bigint", nullable: false),
                    ordinal = table.Column<long>(type: "bigint", nullable: false),
                    parent_output_id = table.Column<long>(type: "bigint", nullable: true),
                    lane = table.Column<string>(type: "text", nullable: false),
                    status = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    crashes = table.Column<int>(type: "integer", nullable: false),
                    priority = table.Column<int>(type: "integer", nullable: false),
                    input = table.Column<string>(type: "jsonb", nullable: false),
                    source_asset_id = table.Column<long>(type: "bigint", nullable: true),
                    cascade = table.Column<bool>(type: "boolean", nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    quoted_cost = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    actual_cost = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    cancel_requested = table.Column<bool>(type: "boolean", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: true),
                    provider_request_id = table.Column<string>(type: "text", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    error_code = table.Column<string>(type: "text", nullable: true),
                    error_message = table.Column<string>(type: "text", nullable: true),
                    error_retryable = table.Column<bool>(type: "boolean", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    queued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_items_pipeline_steps_step_id",
                        column: x => x.step_id,
                        principalSchema: "pipeline",
                        principalTable: "pipeline_steps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outputs",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    step_id = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<long>(type: "bigint", nullable: true),
                    ordinal = table.Column<long>(type: "bigint", nullable: false),
                    parent_output_id = table.Column<long>(type: "bigint", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: true),
                    asset_id = table.Column<long>(type: "bigint", nullable: true),
                    image_index = table.Column<int>(type: "integer", nullable: true),
                    prompt_index = table.Column<int>(type: "integer", nullable: true),
                    selected = table.Column<bool>(type: "boolean", nullable: false),
                    rating = table.Column<int>(type: "integer", nullable: true),
                    advanced = table.Column<bool>(type: "boolean", nullable: false),
                    model = table.Column<string>(type: "text", nullable: true),
                    prompt = table.Column<string>(type: "text", nullable: true),
                    variation = table.Column<string>(type: "jsonb", nullable: true),
                    seed = table.Column<long>(type: "bigint", nullable: true),
                    cost = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    provider = table.Column<string>(type: "text", nullable: true),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outputs", x => x.id);
                    table.ForeignKey(
                        name: "fk_outputs_pipeline_steps_step_id",
                        column: x => x.step_id,
                        principalSchema: "pipeline",
                        principalTable: "pipeline_steps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_assets_pipeline_id",
                schema: "pipeline",
                table: "assets",
                column: "pipeline_id");

            migrationBuilder.CreateIndex(
                name: "ix_assets_tenant_id_id",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_assets_tenant_id_object_key",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "object_key" });

            migrationBuilder.CreateIndex(
                name: "ix_assets_tenant_id_poster_key",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "poster_key" },
                filter: "poster_key is not null");

            migrationBuilder.CreateIndex(
                name: "ix_assets_uploaded_once",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "sha256" },
                unique: true,
                filter: "source = 'uploaded'");

            migrationBuilder.CreateIndex(
                name: "ix_events_tenant_id_tenant_number",
                schema: "pipeline",
                table: "events",
                columns: new[] { "tenant_id", "tenant_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_created_at",
                schema: "pipeline",
                table: "idempotency",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_items_failed",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "id" },
                filter: "status = 'failed'");

            migrationBuilder.CreateIndex(
                name: "ix_items_leased",
                schema: "pipeline",
                table: "items",
                column: "lease_until",
                filter: "status in ('dispatched', 'running')");

            migrationBuilder.CreateIndex(
                name: "ix_items_queued",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "status = 'queued'");

            migrationBuilder.CreateIndex(
                name: "ix_items_step_id_ordinal_id",
                schema: "pipeline",
                table: "items",
                columns: new[] { "step_id", "ordinal", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_outputs_asset_id",
                schema: "pipeline",
                table: "outputs",
                column: "asset_id");

            migrationBuilder.CreateIndex(
                name: "ix_outputs_item_id",
                schema: "pipeline",
                table: "outputs",
                column: "item_id");

            migrationBuilder.CreateIndex(
                name: "ix_outputs_step_id_ordinal_id",
                schema: "pipeline",
                table: "outputs",
                columns: new[] { "step_id", "ordinal", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_pipeline_steps_pipeline_id_step_order",
                schema: "pipeline",
                table: "pipeline_steps",
                columns: new[] { "pipeline_id", "step_order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pipeline_steps_progress_due",
                schema: "pipeline",
                table: "pipeline_steps",
                column: "progress_due",
                filter: "progress_due");

            migrationBuilder.CreateIndex(
                name: "ix_pipelines_alive",
                schema: "pipeline",
                table: "pipelines",
                column: "tenant_id",
                filter: "status in ('pending', 'running', 'paused')");

            migrationBuilder.CreateIndex(
                name: "ix_pipelines_correlation_id",
                schema: "pipeline",
                table: "pipelines",
                column: "correlation_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_pipelines_tenant_id_id",
                schema: "pipeline",
                table: "pipelines",
                columns: new[] { "tenant_id", "id" },
                descending: new[] { false, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "assets",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "dispatch_queues",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "events",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "idempotency",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "items",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "late_results",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "outputs",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "tenant_feeds",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "pipeline_steps",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "pipelines",
                schema: "pipeline");
        }
    }
}
