using DmpFederation.LegacySystems.WebMedecin;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Plugins.Tests.HistoriqueRemboursements;

public sealed class RegisterGrowthTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("register-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>By the index of the ids it would look at every line without one, for each line of a world.</summary>
    [Fact]
    public void The_rank_of_a_line_is_counted_among_the_lines_of_its_patient_and_day()
    {
        using var connection = new ReimbursementRegister(folder).OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + LineDeposits.CountSql;
        for (var index = 0; index < 6; index++)
            command.Parameters.AddWithValue($"$p{index}", index);
        using var plan = command.ExecuteReader();

        plan.Read().Should().BeTrue();
        plan.GetString(plan.GetOrdinal("detail")).Should().Contain("ix_ligne_assure (assure=? AND jour=?)");
    }
}
