using System.Text;
using DmpFederation.LegacySystems;
using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.SyntheticFrance.Model;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

/// <summary>A whole world written by all its writers at once.</summary>
public sealed class GenerationTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("generation-tests-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_same_world_is_written_twice_byte_for_byte()
    {
        var first = await WriteAsync("first");
        var second = await WriteAsync("second");
        first.Keys.Should().Contain(["truth.ndjson", "patients.csv", Path.Combine("franche-comte", "documents", "00000.pack")]);
        second.Should().Equal(first);
    }

    [Fact]
    public async Task A_writer_that_fails_ends_the_generation_and_every_other_writer_is_closed()
    {
        var closed = new CountingWriter();
        LegacySystem[] systems = [new("fails", (_, _) => new FailingWriter()), new("closed", (_, _) => closed)];
        var generate = () => WorldGeneration.WriteAsync(systems, folder, 2009, 5_000, WorldFixture.Today, CancellationToken.None);
        await generate.Should().ThrowAsync<InvalidOperationException>().WithMessage("the disk is full");
        closed.Disposed.Should().BeTrue();
        closed.Patients.Should().BeLessThan(5_000);
    }

    private async Task<Dictionary<string, string>> WriteAsync(string name)
    {
        LegacySystem[] systems =
        [
            new(DossierPharmaceutiqueSystem.Name, (path, day) => DossierPharmaceutiqueSystem.OpenWriter(path, new ReferenceDay(day))),
            new(FrancheComteSystem.Name, (path, _) => FrancheComteSystem.OpenWriter(path)),
            new(PicardieSystem.Name, (path, _) => PicardieSystem.OpenWriter(path)),
        ];
        var data = Path.Combine(folder, name);
        var report = await WorldGeneration.WriteAsync(systems, data, 2009, 60, WorldFixture.Today, CancellationToken.None);
        report.Facts.Should().BeGreaterThan(1_000);
        report.Writers.Select(writer => writer.Name).Should().Equal("truth", "patients", "dp", "franche-comte", "picardie");
        var written = new Dictionary<string, string>();
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            if (Path.GetExtension(file) is ".ndjson" or ".csv" or ".pack")
                written.Add(Path.GetRelativePath(data, file), Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
            else if (Path.GetExtension(file) is ".sqlite" or ".db")
                written.Add(Path.GetRelativePath(data, file), Rows(file));
        }

        return written;
    }

    // Pages of a database may lie in any order; its rows may not differ.
    private static string Rows(string file)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        connection.Open();
        var tables = new List<string>();
        using (var list = connection.CreateCommand())
        {
            list.CommandText = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
            using var names = list.ExecuteReader();
            while (names.Read())
                tables.Add(names.GetString(0));
        }

        var rows = new List<string>();
        foreach (var table in tables)
        {
            using var all = connection.CreateCommand();
            all.CommandText = $"SELECT * FROM \"{table}\"";
            using var reader = all.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(table + string.Join('|', Enumerable.Range(0, reader.FieldCount)
                    .Select(column => reader.GetValue(column) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{reader.GetValue(column)}")));
            }
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    private sealed class FailingWriter : IWorldWriter
    {
        public void Add(SyntheticPatient patient) => throw new InvalidOperationException("the disk is full");

        public void Dispose()
        {
        }
    }

    private sealed class CountingWriter : IWorldWriter
    {
        public int Patients { get; private set; }

        public bool Disposed { get; private set; }

        public void Add(SyntheticPatient patient) => Patients++;

        public void Dispose() => Disposed = true;
    }
}
