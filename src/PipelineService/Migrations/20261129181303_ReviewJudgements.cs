using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class ReviewJudgements : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "redone",
                schema: "pipeline",
                table: "outputs",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "review_version",
                schema: "pipeline",
                table: "outputs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "verdict",
                schema: "pipeline",
                table: "outputs",
                type: "character varying(24)",
                maxLength: 24,
                nullable: false,
                defaultValue: "unset");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "redone",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropColumn(
                name: "review_version",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropColumn(
                name: "verdict",
                schema: "pipeline",
                table: "outputs");
        }
    }
}
