using DmpFederation.Plugins.ReseauDiabete.Exports;
using Microsoft.Data.Sqlite;

namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>Looks at one export of the folder and takes it when it is whole, new and in order. Both files are taken, or none.</summary>
internal sealed class ExportTaker(IndexFile index)
{
    private const int RowsBetweenLooks = 1000;

    public ExportVerdict Take(ListedExport export, CancellationToken cancellationToken)
    {
        if (export.Patients is null || export.FollowUp is null)
            return new ExportVerdict(export, IsWaiting: true);
        using var patients = ExportFolder.Open(export.Patients);
        using var followUp = ExportFolder.Open(export.FollowUp);
        var (patientsFile, followUpFile) = (ExportFile.Inspect(patients, cancellationToken), ExportFile.Inspect(followUp, cancellationToken));
        if (patientsFile.Trailer is null || followUpFile.Trailer is null)
            return new ExportVerdict(export, IsWaiting: true);
        var digest = $"{patientsFile.Digest}.{followUpFile.Digest}";
        using var connection = index.OpenForWriting();
        if (LastDigest(connection, export.Name) == digest)
            return new ExportVerdict(export);

        using var intake = new ExportIntake(connection, export.Name);
        if ((Read(intake, patients, export.Patients, patientsFile, ExportKind.Patients, cancellationToken)
            ?? Read(intake, followUp, export.FollowUp, followUpFile, ExportKind.FollowUp, cancellationToken)) is { } refused)
            return new ExportVerdict(export, refused);
        // Written to while it was read: what was read may be of two exports.
        if (patients.Length != export.Patients.Length || followUp.Length != export.FollowUp.Length)
            return new ExportVerdict(export, IsWaiting: true);
        intake.Commit(followUpFile.Trailer, digest);
        return new ExportVerdict(export);
    }

    private static RefusedFile? Read(
        ExportIntake intake, FileStream content, ListedFile file, ExportFile seen, ExportKind kind, CancellationToken cancellationToken)
    {
        content.Position = 0;
        using var reader = ExportReader.Open(content, seen.Encoding, kind);
        var rows = 0;
        foreach (var row in reader.Rows())
        {
            if (++rows % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            intake.Take(row, kind, file.Name, seen.Encoding);
        }
        return reader.Fault is { } fault ? new RefusedFile(file.Name, fault.Problem, seen.Encoding.GetBytes(fault.Raw)) : null;
    }

    private static string? LastDigest(SqliteConnection connection, string export)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT digest FROM delivery WHERE export = $0 ORDER BY id DESC LIMIT 1";
        command.Parameters.AddWithValue("$0", export);
        return command.ExecuteScalar() as string;
    }
}
