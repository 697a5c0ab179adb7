using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class PipelineInputs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "combine",
                schema: "pipeline",
                table: "pipelines",
                type: "character varying(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "config_version",
                schema: "pipeline",
                table: "pipelines",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "input_images",
                schema: "pipeline",
                table: "pipelines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "input_prompts",
                schema: "pipeline",
                table: "pipelines",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "pipeline_inputs",
                schema: "pipeline",
                columns: table => new
                {
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    list = table.Column<string>(type: "text", nullable: false),
                    part = table.Column<int>(type: "integer", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipeline_inputs", x => new { x.pipeline_id, x.list, x.part });
                    table.ForeignKey(
                        name: "fk_pipeline_inputs_pipelines_pipeline_id",
                        column: x => x.pipeline_id,
                        principalSchema: "pipeline",
                        principalTable: "pipelines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            InputsIntoParts.Move(migrationBuilder);

            migrationBuilder.DropColumn(
                name: "inputs",
                schema: "pipeline",
                table: "pipelines");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "pipeline_inputs",
                schema: "pipeline");

            migrationBuilder.DropColumn(
                name: "combine",
                schema: "pipeline",
                table: "pipelines");

            migrationBuilder.DropColumn(
                name: "config_version",
                schema: "pipeline",
                table: "pipelines");

            migrationBuilder.DropColumn(
                name: "input_images",
                schema: "pipeline",
                table: "pipelines");

            migrationBuilder.DropColumn(
                name: "input_prompts",
                schema: "pipeline",
                table: "pipelines");

            migrationBuilder.AddColumn<string>(
                name: "inputs",
                schema: "pipeline",
                table: "pipelines",
                type: "jsonb",
                nullable: false,
                defaultValue: "");
        }
    }
}
