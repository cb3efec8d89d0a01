using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DmpFederation.Hub.National.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Divergences : Microsoft.EntityFrameworkCore.Migrations.Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "divergence_settlement",
                columns: table => new
                {
                    delivery_id = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    settled_at = table.Column<long>(type: "bigint", nullable: false),
                    settled_by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_divergence_settlement", x => new { x.delivery_id, x.version });
                    table.ForeignKey(
                        name: "FK_divergence_settlement_deposit_delivery_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "deposit_delivery",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_deposit_replaced_by",
                table: "deposit",
                column: "replaced_by");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "divergence_settlement");

            migrationBuilder.DropIndex(
                name: "IX_deposit_replaced_by",
                table: "deposit");
        }
    }
}
