using System.Globalization;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>
/// A further export into a folder that holds some already: new rows, corrections, withdrawals. Rows need no version: that of a later export is
/// higher than any before. It appears in the folder when it is disposed. Of one record, one change an export.
/// </summary>
internal sealed class FurtherExport : IDisposable
{
    private readonly ExportWriter writer;

    private FurtherExport(ExportWriter writer) => this.writer = writer;

    /// <summary>Begins the export after the last one of a folder.</summary>
    /// <param name="folder">The network's folder.</param>
    /// <param name="moment">Paris time at which it is taken. Not before the last one's week.</param>
    public static FurtherExport Open(string folder, DateTime moment)
    {
        var last = Directory.EnumerateFiles(folder, "reseau-diabete_*_suivi.csv")
            .Select(file => Path.GetFileName(file)["reseau-diabete_".Length..^"_suivi.csv".Length]).OrderBy(ExportDay.SequenceOf).LastOrDefault();
        var name = ExportDay.NameOf(moment);
        if (last is not null && ExportDay.SequenceOf(last) >= ExportDay.SequenceOf(name))
        {
            // Further exports of the week of the last one.
            var part = ExportDay.PartOf(last) + 1;
            if (part >= ExportDay.MostAWeek)
                throw new IOException("The week has as many exports as its names can number: the next one begins with the next week.");
            name = string.Create(CultureInfo.InvariantCulture, $"{last.AsSpan(0, 8)}-{part:00}");
        }
        var export = new ExportDay(name, moment, last);
        return new FurtherExport(new ExportWriter(folder, export, CsvFile.EncodingOf(export.Sequence)));
    }

    /// <summary>Name of the export.</summary>
    public string Name => writer.Export.Name;

    public void Create(NetworkRow row) => writer.Add(row with { Version = writer.Export.Sequence, Action = NetworkAction.Creation });

    /// <summary>Says a record again, whole.</summary>
    public void Correct(NetworkRow row) => writer.Add(row with { Version = writer.Export.Sequence, Action = NetworkAction.Correction });

    public void Withdraw(NetworkRow row) => writer.Add(row with { Version = writer.Export.Sequence, Action = NetworkAction.Withdrawal });

    /// <summary>A patient who joins, or whose traits changed.</summary>
    public void Enrol(NetworkPatient patient) => writer.Add(patient with { Version = writer.Export.Sequence, Action = NetworkAction.Creation });

    /// <summary>A patient who leaves the network: none of their records is shown any more.</summary>
    public void Leave(NetworkPatient patient) => writer.Add(patient with { Version = writer.Export.Sequence, Action = NetworkAction.Withdrawal });

    public void Dispose() => writer.Dispose();
}
