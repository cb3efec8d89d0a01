using System.Globalization;
using System.Security.Cryptography;
using DmpFederation.Plugins.HprimBiologie.Codes;
using DmpFederation.Plugins.HprimBiologie.Extraction;
using DmpFederation.Plugins.HprimBiologie.Hprim;
using DmpFederation.Plugins.HprimBiologie.Matching;

namespace DmpFederation.Plugins.HprimBiologie.Index;

/// <summary>A file as it stands in the folder.</summary>
internal readonly record struct FileStamp(string Name, long Size, DateTimeOffset Changed);

/// <summary>
/// Writes files into the index, one transaction each. A report is one under the number its laboratory gives it: the same bytes again are nothing new,
/// other bytes replace it when they are newer. Not thread-safe.
/// </summary>
internal sealed class IndexWriter(Statements statements, LaboratoryCodes codes)
{
    /// <summary>A laboratory used the number of a report again, for another patient and day: which one is meant cannot be told.</summary>
    public const string NumberReused = "HPRIM_NUMBER_REUSED";

    private const int Batch = 200;

    private long seq;

    /// <summary>Takes a file in the place of what was known under its name. Reports of it that are no longer in it stay.</summary>
    /// <param name="stamp">As it stands in the folder.</param>
    /// <param name="file">What it holds.</param>
    /// <param name="changed">Its age among others: never in the future, or nothing sent later could correct it.</param>
    public void Apply(in FileStamp stamp, HprimFile file, DateTimeOffset changed)
    {
        using var transaction = statements.Begin();
        // Read each time: a command line of the hub may keep the same index up.
        seq = long.Parse(statements.Meta("seq"), CultureInfo.InvariantCulture);
        DropProblems(stamp.Name);
        foreach (var problem in file.Problems)
            Add(stamp.Name, problem);
        foreach (var report in file.Reports)
            Apply(stamp with { Changed = changed }, report, file.CodePage);
        statements.Execute(IndexSql.SetFile, ("$name", stamp.Name), ("$size", stamp.Size), ("$changed", stamp.Changed.ToUnixTimeMilliseconds()));
        if (changed.ToUnixTimeMilliseconds() > long.Parse(statements.Meta("newest"), CultureInfo.InvariantCulture))
            statements.SetMeta("newest", Number(changed.ToUnixTimeMilliseconds()));
        statements.SetMeta("seq", Number(seq));
        transaction.Commit();
    }

    /// <summary>Forgets a file that is gone. Its reports stay: laboratories tidy up, and a withdrawal is said otherwise.</summary>
    public void Forget(string name)
    {
        using var transaction = statements.Begin();
        DropProblems(name);
        statements.Execute(IndexSql.DropFile, ("$name", name));
        transaction.Commit();
    }

    /// <summary>Lists anew what is not mapped, when the table of codes is another one than last time.</summary>
    public void MapAgain(CancellationToken cancellationToken)
    {
        if (statements.Meta("codes") == codes.Fingerprint)
            return;
        for (var (after, rows) = (0L, Batch); rows == Batch;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = new List<(long Id, HprimReport Report)>();
            using (var row = statements.Query(IndexSql.AllCurrent, ("$after", after), ("$limit", Batch)))
            {
                while (row.Read())
                    batch.Add((row.GetInt64(0), StoredReport.Parse(row, 2)));
            }
            using var transaction = statements.Begin();
            foreach (var (id, report) in batch)
                ListUnmapped(after = id, report);
            transaction.Commit();
            rows = batch.Count;
        }
        statements.SetMeta("codes", codes.Fingerprint);
    }

    private void Apply(in FileStamp stamp, HprimReport report, int codePage)
    {
        var header = report.Header;
        var day = header.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
        var patient = PatientOf(header);
        var known = Known(header);
        if (known is not null && known.Patient != patient && known.Day != day && (header.PatientCode.Length == 0 || known.Code != header.PatientCode))
        {
            Add(stamp.Name, new HprimProblem(
                NumberReused, "The number of the report is that of another patient's report of another day.", report.Line, report.Raw,
                HprimPerson.Of(header)));
            return;
        }
        var id = known?.Id ?? (long)statements.Scalar(
            IndexSql.AddReport, ("$sender", header.Sender), ("$number", header.FileNumber), ("$patient", patient), ("$nir", NirOf(header)),
            ("$day", day), ("$seq", seq))!;
        statements.Execute(
            IndexSql.AddVersion, ("$report", id), ("$hash", SHA256.HashData(report.Raw.Span)), ("$file", stamp.Name), ("$line", report.Line),
            ("$changed", stamp.Changed.ToUnixTimeMilliseconds()), ("$complete", report.Complete),
            ("$final", report.Results.All(static result => result.Status != "P")), ("$page", codePage), ("$raw", report.Raw.ToArray()));
        var current = (long)statements.Scalar(IndexSql.Newest, ("$report", id))!;
        // Versions are ordered by what does not change: another one is newest only because this one is new.
        if (known?.Current == current)
            return;
        if (known is not null)
            Remove(known, report, patient);
        statements.Execute(
            IndexSql.SetReport, ("$report", id), ("$patient", patient), ("$nir", NirOf(header)), ("$day", day), ("$seq", ++seq), ("$current", current));
        ListUnmapped(id, report);
    }

    /// <summary>Ids that the newer version no longer has, or has for another patient, were withdrawn from whom they were filed under.</summary>
    private void Remove(KnownReport known, HprimReport newer, long patient)
    {
        var kept = patient == known.Patient ? LiveIds(newer) : [];
        foreach (var gone in LiveIds(known.Report).Where(id => !kept.Contains(id)))
        {
            statements.Execute(
                IndexSql.AddRemoved, ("$id", gone), ("$sender", known.Sender), ("$code", known.Code), ("$number", known.Number), ("$seq", ++seq));
        }
    }

    private static HashSet<string> LiveIds(HprimReport report) => ReportEntries.IsWithdrawn(report)
        ? []
        : [
            LocalIds.Report(report.Header.Sender, report.Header.FileNumber),
            .. ReportEntries.Results(report)
                .Where(pair => ObservationWriter.StatusOf(pair.Result, report.Complete) is not null).Select(static pair => pair.LocalId),
        ];

    private void ListUnmapped(long id, HprimReport report)
    {
        const int MostLabel = 80;
        statements.Execute(IndexSql.DropUnmapped, ("$report", id));
        foreach (var result in report.Results)
        {
            if (codes.Find(report.Header.Sender, result.Code, result.First.Unit).Loinc is not null)
                continue;
            statements.Execute(
                IndexSql.AddUnmapped, ("$report", id), ("$code", result.Code), ("$unit", result.First.Unit),
                ("$label", result.Label.Length > MostLabel ? result.Label[..MostLabel] : result.Label));
        }
    }

    private long PatientOf(HprimHeader header)
    {
        (string, object?)[] values =
        [
            ("$sender", header.Sender), ("$code", header.PatientCode), ("$number", header.PatientCode.Length > 0 ? "" : header.FileNumber),
            ("$name", FoldedName.Of(header.Name)), ("$given", FoldedName.Of(header.GivenName)),
            ("$birth", BirthOf(header.BirthDate, header.ShortBirthDate)),
        ];
        statements.Execute(IndexSql.AddPatient, values);
        return (long)statements.Scalar(IndexSql.PatientId, values)!;
    }

    /// <summary>Day of birth, with a year of two digits when the century is open; empty when unknown.</summary>
    private static string BirthOf(DateOnly? birth, DateOnly? shortBirth) =>
        birth is { } known ? BirthKey.Of(known) : shortBirth is { } open ? BirthKey.WithoutCentury(open) : "";

    private static string? NirOf(HprimHeader header) => FileNir.OwnOf(header.Nir, header.BirthDate ?? header.ShortBirthDate);

    private KnownReport? Known(HprimHeader header)
    {
        using var row = statements.Query(IndexSql.Report, ("$sender", header.Sender), ("$number", header.FileNumber));
        return row.Read()
            ? new KnownReport(
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), StoredReport.Parse(row, 4), row.GetString(8), row.GetString(9),
                header.PatientCode.Length > 0 ? "" : header.FileNumber)
            : null;
    }

    private void Add(string file, HprimProblem problem)
    {
        statements.Execute(
            IndexSql.AddProblem, ("$file", file), ("$code", problem.Code), ("$reason", problem.Reason), ("$line", problem.Line),
            ("$raw", problem.Raw.ToArray()), ("$seq", ++seq));
        if (problem.Person is { } person)
        {
            statements.Execute(
                IndexSql.AddProblemPerson, ("$seq", seq), ("$name", FoldedName.Of(person.Name)), ("$given", FoldedName.Of(person.GivenName)),
                ("$birth", BirthOf(person.BirthDate, person.ShortBirthDate)));
        }
    }

    private void DropProblems(string file)
    {
        statements.Execute(IndexSql.DropProblemPersons, ("$file", file));
        statements.Execute(IndexSql.DropProblems, ("$file", file));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed record KnownReport(
        long Id, long Patient, long Current, string Day, HprimReport Report, string Sender, string Code, string Number)
    {
        public override string ToString() => nameof(KnownReport);
    }
}
