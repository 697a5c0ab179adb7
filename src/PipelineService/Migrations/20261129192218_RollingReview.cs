using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class RollingReview : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "review",
                schema: "pipeline",
                table: "pipelines",
                type: "character varying(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "gathered");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "review",
                schema: "pipeline",
                table: "pipelines");
        }
    }
}
