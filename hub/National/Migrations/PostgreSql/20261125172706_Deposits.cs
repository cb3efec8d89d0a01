using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace DmpFederation.Hub.National.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Deposits : Microsoft.EntityFrameworkCore.Migrations.Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "deposit",
                columns: table => new
                {
                    unique_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    system = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    resource = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<long>(type: "bigint", nullable: false),
                    deposited_by = table.Column<string>(type: "text", nullable: false),
                    profession = table.Column<string>(type: "text", nullable: false),
                    organization = table.Column<string>(type: "text", nullable: true),
                    replaces = table.Column<string>(type: "text", nullable: true),
                    replaced_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deposit", x => x.unique_id);
                });

            migrationBuilder.CreateTable(
                name: "deposit_content",
                columns: table => new
                {
                    unique_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deposit_content", x => x.unique_id);
                    table.ForeignKey(
                        name: "FK_deposit_content_deposit_unique_id",
                        column: x => x.unique_id,
                        principalTable: "deposit",
                        principalColumn: "unique_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deposit_delivery",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    unique_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    source_id = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    local_id = table.Column<string>(type: "text", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<long>(type: "bigint", nullable: false),
                    claim = table.Column<long>(type: "bigint", nullable: false),
                    claimed_until = table.Column<long>(type: "bigint", nullable: false),
                    changed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_deposit_delivery", x => x.id);
                    table.ForeignKey(
                        name: "FK_deposit_delivery_deposit_unique_id",
                        column: x => x.unique_id,
                        principalTable: "deposit",
                        principalColumn: "unique_id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_deposit_value_system",
                table: "deposit",
                columns: new[] { "value", "system" });

            migrationBuilder.CreateIndex(
                name: "IX_deposit_delivery_state_due_at",
                table: "deposit_delivery",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_deposit_delivery_unique_id_source_id",
                table: "deposit_delivery",
                columns: new[] { "unique_id", "source_id" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "deposit_content");

            migrationBuilder.DropTable(
                name: "deposit_delivery");

            migrationBuilder.DropTable(
                name: "deposit");
        }
    }
}
