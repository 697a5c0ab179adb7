using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PipelineService.Migrations
{
    /// <inheritdoc />
    public partial class Library : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<decimal>(
                name: "cost",
                schema: "pipeline",
                table: "assets",
                type: "numeric(18,6)",
                precision: 18,
                scale: 6,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deleted_at",
                schema: "pipeline",
                table: "assets",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "rating",
                schema: "pipeline",
                table: "assets",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "starred",
                schema: "pipeline",
                table: "assets",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string[]>(
                name: "tags",
                schema: "pipeline",
                table: "assets",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.CreateTable(
                name: "collections",
                schema: "pipeline",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collections", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "collection_assets",
                schema: "pipeline",
                columns: table => new
                {
                    collection_id = table.Column<long>(type: "bigint", nullable: false),
                    asset_id = table.Column<long>(type: "bigint", nullable: false),
                    tenant_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_collection_assets", x => new { x.collection_id, x.asset_id });
                    table.ForeignKey(
                        name: "fk_collection_assets_collections_collection_id",
                        column: x => x.collection_id,
                        principalSchema: "pipeline",
                        principalTable: "collections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_assets_rated",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "rating" },
                filter: "rating is not null");

            migrationBuilder.CreateIndex(
                name: "ix_assets_starred",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "id" },
                filter: "starred");

            migrationBuilder.CreateIndex(
                name: "ix_assets_tags",
                schema: "pipeline",
                table: "assets",
                column: "tags",
                filter: "cardinality(tags) > 0")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_assets_trash",
                schema: "pipeline",
                table: "assets",
                columns: new[] { "tenant_id", "id" },
                filter: "deleted_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_collection_assets_tenant_id_asset_id",
                schema: "pipeline",
                table: "collection_assets",
                columns: new[] { "tenant_id", "asset_id" });

            migrationBuilder.CreateIndex(
                name: "ix_collections_tenant_id",
                schema: "pipeline",
                table: "collections",
                column: "tenant_id");

            LibraryRules.Set(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            LibraryRules.Unset(migrationBuilder);
            migrationBuilder.DropTable(
                name: "collection_assets",
                schema: "pipeline");

            migrationBuilder.DropTable(
                name: "collections",
                schema: "pipeline");

            migrationBuilder.DropIndex(
                name: "ix_assets_rated",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropIndex(
                name: "ix_assets_starred",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropIndex(
                name: "ix_assets_tags",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropIndex(
                name: "ix_assets_trash",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "cost",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "deleted_at",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "rating",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "starred",
                schema: "pipeline",
                table: "assets");

            migrationBuilder.DropColumn(
                name: "tags",
                schema: "pipeline",
                table: "assets");
        }
    }
}
