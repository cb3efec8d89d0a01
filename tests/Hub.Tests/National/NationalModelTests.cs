using DmpFederation.Hub.National;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
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
    public void No_text_of_a_person_is_a_column_no_engine_could_spread_by_person()
    {
        using var db = SqliteNationalDb.Connect("Data Source=:memory:");

        db.Model.GetEntityTypes().Where(static type => type.FindProperty("PersonId") is null).Select(static type => type.GetTableName())
            .Should().BeEquivalentTo("person", "identity_work");
    }
}
