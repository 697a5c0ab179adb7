using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CostService.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "cost");

            migrationBuilder.CreateTable(
                name: "holds",
                schema: "cost",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_holds", x => new { x.tenant_id, x.item_id, x.attempt });
                    table.CheckConstraint("ck_holds_amount", "amount >= 0");
                });

            migrationBuilder.CreateTable(
                name: "ledger",
                schema: "cost",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    item_id = table.Column<long>(type: "bigint", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    step_id = table.Column<long>(type: "bigint", nullable: false),
                    step_type = table.Column<string>(type: "text", nullable: false),
                    model = table.Column<string>(type: "text", nullable: true),
                    provider = table.Column<string>(type: "text", nullable: false),
                    units = table.Column<int>(type: "integer", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    quoted = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    above_quote = table.Column<bool>(type: "boolean", nullable: false),
                    simulated = table.Column<bool>(type: "boolean", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger", x => new { x.tenant_id, x.item_id, x.attempt });
                    table.CheckConstraint("ck_ledger_amount", "amount >= 0");
                });

            migrationBuilder.CreateTable(
                name: "pipeline_budgets",
                schema: "cost",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    pipeline_id = table.Column<long>(type: "bigint", nullable: false),
                    held = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    spent = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipeline_budgets", x => new { x.tenant_id, x.pipeline_id });
                });

            migrationBuilder.CreateTable(
                name: "tenant_budgets",
                schema: "cost",
                columns: table => new
                {
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    held = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    spent = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenant_budgets", x => x.tenant_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_holds_expires_at",
                schema: "cost",
                table: "holds",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_tenant_id_at",
                schema: "cost",
                table: "ledger",
                columns: new[] { "tenant_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "holds",
                schema: "cost");

            migrationBuilder.DropTable(
                name: "ledger",
                schema: "cost");

            migrationBuilder.DropTable(
                name: "pipeline_budgets",
                schema: "cost");

            migrationBuilder.DropTable(
                name: "tenant_budgets",
                schema: "cost");
        }
    }
}
