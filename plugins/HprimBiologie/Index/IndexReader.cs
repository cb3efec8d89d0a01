using System.Globalization;
using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Matching;
using DmpFederation.Sdk;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>A laboratory's code without LOINC.</summary>
internal sealed record UnmappedLine(string Sender, string Code, string Unit, string Label, long Times);

/// <summary>Questions to the index, over a connection of its own. Not thread-safe.</summary>
internal sealed class IndexReader(Statements statements) : IDisposable
{
    /// <summary>Time of the newest file that was ever taken; null when none was.</summary>
    public DateTimeOffset? Newest =>
        long.Parse(statements.Meta("newest"), CultureInfo.InvariantCulture) is > 0 and var newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null;

    /// <summary>True when parts of the folder cannot be used, whomever they name.</summary>
    public bool HoldsUnassigned => (long)statements.Scalar(IndexSql.AnyProblem)! == 1;

    /// <summary>True when parts of the folder cannot be used and may be about anybody.</summary>
    public bool HoldsAnybodys => (long)statements.Scalar(IndexSql.AnyProblemOfNobody)! == 1;

    public string Epoch => statements.Meta("epoch");

    public long Sequence => long.Parse(statements.Meta("seq"), CultureInfo.InvariantCulture);

    /// <summary>Local patients of that birth name and birth date.</summary>
    public IReadOnlyList<LocalPatient> Candidates(AskedPerson person) => Patients(IndexSql.ByTraits, Traits(person));

    /// <summary>True when a report of these names has no day of birth: nobody can be found in it, and it may be this person's.</summary>
    public bool HoldsUndated(AskedPerson person)
    {
        using var row = statements.Query(IndexSql.Undated, Names(person));
        while (row.Read())
        {
            if (person.GivenKeys.Contains(row.GetString(0)))
                return true;
        }
        return false;
    }

    /// <summary>Parts that cannot be used and name this person, as far as a file tells: the first ones of many.</summary>
    public IReadOnlyList<UnassignedPart> Naming(AskedPerson person)
    {
        var parts = new List<UnassignedPart>();
        using var row = statements.Query(IndexSql.ProblemsNaming, Traits(person));
        while (parts.Count < UnassignedPart.Most && row.Read())
        {
            if (person.GivenKeys.Contains(row.GetString(6)))
                parts.Add(UnassignedPart.From(row, 0, statements.OpenProblem));
        }
        return parts;
    }

    /// <summary>Parts that cannot be used and may be about anybody, after a number.</summary>
    public IReadOnlyList<UnassignedPart> Anybodys(long after)
    {
        var parts = new List<UnassignedPart>();
        using var row = statements.Query(IndexSql.ProblemsOfNobody, ("$after", after), ("$limit", UnassignedPart.Most));
        while (row.Read())
            parts.Add(UnassignedPart.From(row, row.GetInt64(6), statements.OpenProblem));
        return parts;
    }

    /// <summary>Local patients under a key of the laboratories themselves.</summary>
    public IReadOnlyList<LocalPatient> Under(PatientKey key) => LocalIds.Parse(key) switch
    {
        (var sender, { } code, _) => Patients(IndexSql.ByPatientCode, ("$sender", sender), ("$code", code)),
        (var sender, _, { } number) => Patients(IndexSql.ByReportNumber, ("$sender", sender), ("$number", number)),
        _ => [],
    };

    public IReadOnlyList<long> WithNir(string nir)
    {
        var patients = new List<long>();
        using var row = statements.Query(IndexSql.ByNir, ("$nir", nir));
        while (row.Read())
            patients.Add(row.GetInt64(0));
        return patients;
    }

    /// <summary>Numbers in the files of a local patient that can be the person's own.</summary>
    public IReadOnlyList<string> Nirs(long patient)
    {
        var nirs = new List<string>();
        using var row = statements.Query(IndexSql.NirsOf, ("$patient", patient));
        while (row.Read())
            nirs.Add(row.GetString(0));
        return nirs;
    }

    /// <summary>The reports of a local patient as they stand.</summary>
    public IReadOnlyList<StoredReport> Reports(long patient)
    {
        var reports = new List<StoredReport>();
        using var row = statements.Query(IndexSql.ReportsOf, ("$patient", patient));
        while (row.Read())
            reports.Add(StoredReport.From(row));
        return reports;
    }

    /// <summary>One report and its local patient; null when there is none.</summary>
    public (StoredReport Report, long Patient)? Find(string sender, string number)
    {
        using var row = statements.Query(IndexSql.OneReport, ("$sender", sender), ("$number", number));
        return row.Read() ? (StoredReport.From(row), row.GetInt64(6)) : null;
    }

    /// <summary>Keys of local patients in the order of their parts, after one.</summary>
    public IReadOnlyList<(string Sender, string Code, string Number)> Keys((string Sender, string Code, string Number) after, int limit)
    {
        var keys = new List<(string, string, string)>();
        using var row = statements.Query(
            IndexSql.LocalKeys, ("$sender", after.Sender), ("$code", after.Code), ("$number", after.Number), ("$limit", limit));
        while (row.Read())
            keys.Add((row.GetString(0), row.GetString(1), row.GetString(2)));
        return keys;
    }

    public IReadOnlyList<UnmappedLine> Unmapped()
    {
        var lines = new List<UnmappedLine>();
        using var row = statements.Query(IndexSql.Unmapped);
        while (row.Read())
            lines.Add(new UnmappedLine(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4)));
        return lines;
    }

    /// <summary>Changes after a point up to another, in order.</summary>
    public SqliteDataReader Changes(long after, long last, int limit) =>
        statements.Query(IndexSql.Changes, ("$after", after), ("$last", last), ("$limit", limit));

    public void Dispose() => statements.Dispose();

    /// <summary>Folded names are letters A to Z alone.</summary>
    private static (string Name, object? Value) Names(AskedPerson person) => ("$names", $"[\"{string.Join("\",\"", person.NameKeys)}\"]");

    private static (string Name, object? Value)[] Traits(AskedPerson person) =>
    [
        Names(person),
        ("$birth", BirthKey.Of(person.BirthDate)),
        ("$short", BirthKey.WithoutCentury(person.BirthDate)),
    ];

    private List<LocalPatient> Patients(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var found = new List<LocalPatient>();
        using (var row = statements.Query(sql, values))
        {
            while (row.Read())
                found.Add(new LocalPatient(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetBoolean(3), []));
        }
        for (var at = 0; at < found.Count; at++)
            found[at] = found[at] with { Nirs = Nirs(found[at].Id) };
        return found;
    }
}
