using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class RetriesAndReuse : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "reuse_key",
                schema: "pipeline",
                table: "outputs",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "reused",
                schema: "pipeline",
                table: "outputs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "earlier",
                schema: "pipeline",
                table: "items",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "resolved",
                schema: "pipeline",
                table: "items",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "reuse_key",
                schema: "pipeline",
                table: "items",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "reused",
                schema: "pipeline",
                table: "items",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "served_by",
                schema: "pipeline",
                table: "items",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "reuse_claims",
                schema: "pipeline",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    reuse_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    item_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reuse_claims", x => new { x.tenant_id, x.reuse_key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_outputs_reusable",
                schema: "pipeline",
                table: "outputs",
                columns: new[] { "tenant_id", "reuse_key" },
                filter: "reuse_key is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "reuse_claims",
                schema: "pipeline");

            migrationBuilder.DropIndex(
                name: "ix_outputs_reusable",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropColumn(
                name: "reuse_key",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropColumn(
                name: "reused",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropColumn(
                name: "earlier",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropColumn(
                name: "resolved",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropColumn(
                name: "reuse_key",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropColumn(
                name: "reused",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropColumn(
                name: "served_by",
                schema: "pipeline",
                table: "items");
        }
    }
}
