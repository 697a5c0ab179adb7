using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class LeanRows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_items_pipeline_steps_step_id",
                schema: "pipeline",
                table: "items");

            migrationBuilder.DropForeignKey(
                name: "fk_outputs_pipeline_steps_step_id",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.DropIndex(
                name: "ix_outputs_asset_id",
                schema: "pipeline",
                table: "outputs");

            migrationBuilder.AlterColumn<string>(
                name: "data",
                schema: "pipeline",
                table: "events",
                type: "json",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "jsonb");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("alter table pipeline.events alter column data type jsonb using data::jsonb");

            migrationBuilder.CreateIndex(
                name: "ix_outputs_asset_id",
                schema: "pipeline",
                table: "outputs",
                column: "asset_id");

            migrationBuilder.AddForeignKey(
                name: "fk_items_pipeline_steps_step_id",
                schema: "pipeline",
                table: "items",
                column: "step_id",
                principalSchema: "pipeline",
                principalTable: "pipeline_steps",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_outputs_pipeline_steps_step_id",
                schema: "pipeline",
                table: "outputs",
                column: "step_id",
                principalSchema: "pipeline",
                principalTable: "pipeline_steps",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
