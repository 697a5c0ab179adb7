using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class QueuedOnOwnTerms : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_items_queued_own",
                schema: "pipeline",
                table: "items",
                columns: new[] { "pipeline_id", "lane", "priority", "ordinal", "id" },
                filter: "status = 'queued' and resolved is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_items_queued_own",
                schema: "pipeline",
                table: "items");
        }
    }
}
