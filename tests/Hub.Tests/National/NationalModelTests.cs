using DmpFederation.Hub.National;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Xunit;

namespace DmpFederation.Hub.Tests.National;

public sealed class NationalModelTests
{
    [Fact]
    public void No_change_of_the_model_lacks_its_migration_on_any_engine()
    {
        using var sqlite = SqliteNationalDb.Connect("Data Source=:memory:");
        using var postgreSql = PostgreSqlNationalDb.Connect("Host=localhost");

        sqlite.Database.HasPendingModelChanges().Should().BeFalse();
        postgreSql.Database.HasPendingModelChanges().Should().BeFalse();
    }

    [Fact]
    public void No_text_of_a_person_is_a_column_no_engine_could_spread_by_person_or_by_source_and_patient()
    {
        using var db = SqliteNationalDb.Connect("Data Source=:memory:");

        db.Model.GetEntityTypes().Where(static type => type.FindProperty("PersonId") is null && !IsOfPatient(type)).Select(static type => type.GetTableName())
            .Should().BeEquivalentTo(
                "person", "identity_work", "migration", "migration_wave", "migration_group", "migration_slice", "migration_step", "migration_difference",
                "mapping_loss", "migration_equivalence", "migration_lease",
                // By their name, which is in all three: it must be told from every other, whosever it is.
                "deposit", "deposit_content", "deposit_delivery", "divergence_settlement");

        static bool IsOfPatient(IEntityType type) =>
            type.FindPrimaryKey()!.Properties.Take(3).Select(static property => property.Name).SequenceEqual(["SourceId", "System", "Value"]);
    }
}
