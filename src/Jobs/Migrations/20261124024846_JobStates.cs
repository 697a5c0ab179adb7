using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jobs.Migrations
{
    /// <inheritdoc />
    public partial class JobStates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_provider_jobs_done",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.AddColumn<string>(
                name: "provider_request_id",
                schema: "worker",
                table: "provider_jobs",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "step_id",
                schema: "worker",
                table: "provider_jobs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.Sql(
                """
                update worker.provider_jobs set
                    step_id = (task->'item'->>'step_id')::bigint,
                    provider_request_id = coalesce(result->>'provider_request_id', handle),
                    state = case when result->'failure'->>'kind' = 'outcome_unknown' then 'unknown'
                        when jsonb_typeof(result->'failure') = 'object' then 'failed' else state end
                """);

            migrationBuilder.CreateIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs",
                column: "created_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.DropColumn(
                name: "provider_request_id",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.DropColumn(
                name: "step_id",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.CreateIndex(
                name: "ix_provider_jobs_done",
                schema: "worker",
                table: "provider_jobs",
                column: "finished_at",
                filter: "state = 'done'");
        }
    }
}
