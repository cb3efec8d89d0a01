using System.Text;
using DmpFederation.Sdk.Conformance.Fixtures;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Sdk.Conformance.Legacies;

/// <summary>A legacy that is a SQLite database.</summary>
internal sealed class SqlLegacy : RunningLegacy
{
    private readonly Fixture fixture;
    private readonly string source;
    private readonly string file;

    private SqlLegacy(Fixture fixture, string source, string file)
    {
        this.fixture = fixture;
        this.source = source;
        this.file = file;
    }

    public static async Task<SqlLegacy> CreateAsync(Fixture fixture, string source, string file)
    {
        var legacy = new SqlLegacy(fixture, source, file);
        await legacy.RunAsync(fixture.Legacy.Script!);
        return legacy;
    }

    public override string Fill(string setting) => setting.Replace("{database}", file, StringComparison.Ordinal);

    public override Task ApplyAsync(LegacyStepFixture step) => step.Script is null ? Task.CompletedTask : RunAsync(step.Script);

    public override async Task BreakAsync(string fault)
    {
        File.Delete(file);
        if (fault == LegacyFaults.Garbage)
            await File.WriteAllTextAsync(file, Babble(fixture), Encoding.UTF8);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RunAsync(string script)
    {
        // Not pooled: a pooled connection would hold the file after the check.
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = await File.ReadAllTextAsync(Path.Combine(source, script));
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (SqliteException fault)
        {
            throw new FixtureException([$"{script}: SQLite refuses it ({fault.Message})"]);
        }
    }
}
