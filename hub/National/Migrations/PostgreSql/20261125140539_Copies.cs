using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace DmpFederation.Hub.National.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Copies : Microsoft.EntityFrameworkCore.Migrations.Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "document_content",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    system = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    category_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    local_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false),
                    taken_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_document_content", x => new { x.source_id, x.system, x.value, x.category_group, x.local_id, x.sha256 });
                });

            migrationBuilder.CreateTable(
                name: "entry",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    system = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    category_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    local_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    taken_at = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    envelope = table.Column<byte[]>(type: "bytea", nullable: true),
                    resource = table.Column<byte[]>(type: "bytea", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry", x => new { x.source_id, x.system, x.value, x.category_group, x.local_id });
                });

            migrationBuilder.CreateTable(
                name: "entry_version",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    system = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    category_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    local_id = table.Column<byte[]>(type: "bytea", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    category = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    taken_at = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    content_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    envelope = table.Column<byte[]>(type: "bytea", nullable: true),
                    resource = table.Column<byte[]>(type: "bytea", nullable: true),
                    code = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_entry_version", x => new { x.source_id, x.system, x.value, x.category_group, x.local_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "mapping_loss",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false),
                    wave = table.Column<string>(type: "text", nullable: false),
                    category_group = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    fate = table.Column<string>(type: "text", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_mapping_loss", x => new { x.source_id, x.wave, x.category_group, x.field, x.fate });
                });

            migrationBuilder.CreateTable(
                name: "migration",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    started_at = table.Column<long>(type: "bigint", nullable: false),
                    cursor = table.Column<string>(type: "text", nullable: true),
                    followed_at = table.Column<long>(type: "bigint", nullable: true),
                    braked = table.Column<bool>(type: "boolean", nullable: false),
                    patients_per_second = table.Column<double>(type: "double precision", nullable: true),
                    concurrency = table.Column<int>(type: "integer", nullable: false),
                    latency_limit = table.Column<double>(type: "double precision", nullable: true),
                    rest_from = table.Column<double>(type: "double precision", nullable: true),
                    rest_to = table.Column<double>(type: "double precision", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration", x => x.source_id);
                });

            migrationBuilder.CreateTable(
                name: "migration_difference",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source_id = table.Column<string>(type: "text", nullable: false),
                    wave = table.Column<string>(type: "text", nullable: false),
                    category_group = table.Column<string>(type: "text", nullable: false),
                    in_shadow = table.Column<bool>(type: "boolean", nullable: false),
                    local_id = table.Column<string>(type: "text", nullable: true),
                    field = table.Column<string>(type: "text", nullable: false),
                    explained = table.Column<string>(type: "text", nullable: true),
                    patient_digest = table.Column<string>(type: "text", nullable: false),
                    seen_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_difference", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "migration_equivalence",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    source_id = table.Column<string>(type: "text", nullable: false),
                    field = table.Column<string>(type: "text", nullable: false),
                    owner = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    until = table.Column<long>(type: "bigint", nullable: false),
                    declared_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_equivalence", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "migration_group",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    category_group = table.Column<string>(type: "text", nullable: false),
                    categories = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_group", x => new { x.source_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "migration_lease",
                columns: table => new
                {
                    work = table.Column<string>(type: "text", nullable: false),
                    token = table.Column<long>(type: "bigint", nullable: false),
                    taken_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_lease", x => x.work);
                });

            migrationBuilder.CreateTable(
                name: "migration_slice",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false),
                    wave = table.Column<string>(type: "text", nullable: false),
                    category_group = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    resumes = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    served_nationally = table.Column<bool>(type: "boolean", nullable: false),
                    checkpoint = table.Column<string>(type: "text", nullable: true),
                    copied = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    listed = table.Column<bool>(type: "boolean", nullable: false),
                    batches = table.Column<long>(type: "bigint", nullable: false),
                    verified_at = table.Column<long>(type: "bigint", nullable: true),
                    verified_patients = table.Column<long>(type: "bigint", nullable: false),
                    verified_facts = table.Column<long>(type: "bigint", nullable: false),
                    differences = table.Column<long>(type: "bigint", nullable: false),
                    rehearsed_at = table.Column<long>(type: "bigint", nullable: true),
                    switched_at = table.Column<long>(type: "bigint", nullable: true),
                    shadow_reads = table.Column<long>(type: "bigint", nullable: false),
                    shadow_differences = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_slice", x => new { x.source_id, x.wave, x.category_group });
                });

            migrationBuilder.CreateTable(
                name: "migration_step",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source_id = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    wave = table.Column<string>(type: "text", nullable: true),
                    category_group = table.Column<string>(type: "text", nullable: true),
                    from_state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    to_state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    done_by = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    evidence = table.Column<string>(type: "text", nullable: true),
                    done_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_step", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "migration_wave",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    wave = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    partition_index = table.Column<int>(type: "integer", nullable: false),
                    partition_count = table.Column<int>(type: "integer", nullable: false),
                    cohort = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_migration_wave", x => new { x.source_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "patient_copy",
                columns: table => new
                {
                    source_id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    system = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    value = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    category_group = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    wave = table.Column<string>(type: "text", nullable: false),
                    is_unknown = table.Column<bool>(type: "boolean", nullable: false),
                    statements = table.Column<byte[]>(type: "bytea", nullable: false),
                    taken_at = table.Column<long>(type: "bigint", nullable: false),
                    confirmed_at = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_patient_copy", x => new { x.source_id, x.system, x.value, x.category_group });
                });

            migrationBuilder.CreateIndex(
                name: "IX_migration_difference_source_id_wave_category_group_in_shado~",
                table: "migration_difference",
                columns: new[] { "source_id", "wave", "category_group", "in_shadow", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_migration_equivalence_source_id",
                table: "migration_equivalence",
                column: "source_id");

            migrationBuilder.CreateIndex(
                name: "IX_migration_step_source_id_id",
                table: "migration_step",
                columns: new[] { "source_id", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_patient_copy_source_id_wave_category_group_system_value",
                table: "patient_copy",
                columns: new[] { "source_id", "wave", "category_group", "system", "value" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "document_content");

            migrationBuilder.DropTable(
                name: "entry");

            migrationBuilder.DropTable(
                name: "entry_version");

            migrationBuilder.DropTable(
                name: "mapping_loss");

            migrationBuilder.DropTable(
                name: "migration");

            migrationBuilder.DropTable(
                name: "migration_difference");

            migrationBuilder.DropTable(
                name: "migration_equivalence");

            migrationBuilder.DropTable(
                name: "migration_group");

            migrationBuilder.DropTable(
                name: "migration_lease");

            migrationBuilder.DropTable(
                name: "migration_slice");

            migrationBuilder.DropTable(
                name: "migration_step");

            migrationBuilder.DropTable(
                name: "migration_wave");

            migrationBuilder.DropTable(
                name: "patient_copy");
        }
    }
}
