using DmpFederation.Hub.Audit.Store;
using FluentAssertions;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

public sealed class MigrationTests
{
    [Fact]
    public void Every_change_of_the_model_has_its_migrations()
    {
        using var sqlite = new SqliteAuditDbFactory().CreateDbContext([]);
        using var server = new PostgreSqlAuditDbFactory().CreateDbContext([]);
        sqlite.Database.HasPendingModelChanges().Should().BeFalse();
        server.Database.HasPendingModelChanges().Should().BeFalse();
    }
}
