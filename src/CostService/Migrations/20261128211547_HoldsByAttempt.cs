using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CostService.Migrations
{
    /// <inheritdoc />
    public partial class HoldsByAttempt : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_holds_expires_at",
                schema: "cost",
                table: "holds");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_holds_expires_at",
                schema: "cost",
                table: "holds",
                column: "expires_at");
        }
    }
}
