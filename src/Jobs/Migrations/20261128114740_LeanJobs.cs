using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Jobs.Migrations
{
    /// <inheritdoc />
    public partial class LeanJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.AlterColumn<string>(
                name: "task",
                schema: "worker",
                table: "provider_jobs",
                type: "text",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");

            migrationBuilder.AlterColumn<string>(
                name: "result",
                schema: "worker",
                table: "provider_jobs",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "jsonb",
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs",
                column: "created_at")
                .Annotation("Npgsql:IndexMethod", "brin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs");

            migrationBuilder.Sql("alter table worker.provider_jobs alter column task type jsonb using task::jsonb, alter column result type jsonb using result::jsonb");

            migrationBuilder.CreateIndex(
                name: "ix_provider_jobs_created_at",
                schema: "worker",
                table: "provider_jobs",
                column: "created_at");
        }
    }
}
