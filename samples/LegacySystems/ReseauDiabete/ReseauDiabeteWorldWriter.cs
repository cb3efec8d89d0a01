using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.LegacySystems.ReseauDiabete;

/// <summary>
/// Spreads a world over the weekly exports that led to it, patient by patient in constant memory: a row stands in the export after its day; some were
/// first typed wrong and corrected in a later week, and the withdrawn ones were withdrawn in a later week.
/// </summary>
internal sealed class ReseauDiabeteWorldWriter : IWorldWriter
{
    private const int Weeks = 6;
    private const int FiveInTheMorning = 5;

    private readonly List<ExportWriter> exports = new(Weeks);

    public ReseauDiabeteWorldWriter(string folder, DateOnly today)
    {
        string? previous = null;
        for (var week = 0; week < Weeks; week++)
        {
            var moment = today.AddDays(-7 * (Weeks - 1 - week)).ToDateTime(new TimeOnly(FiveInTheMorning, 0));
            var export = new ExportDay(ExportDay.NameOf(moment), moment, previous);
            exports.Add(new ExportWriter(folder, export, CsvFile.EncodingOf(week)));
            previous = export.Name;
        }
    }

    public void Add(SyntheticPatient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        var joined = Weeks;
        var insC = patient.RecordedIdentity(ReseauDiabeteSystem.Name).InsC;
        foreach (var fact in patient.Facts)
        {
            foreach (var origin in fact.Origins)
            {
                if (origin.SourceId == ReseauDiabeteSystem.Name)
                    joined = Math.Min(joined, Add(NetworkRows.Of(fact, origin, insC), origin.Visible));
            }
        }
        if (joined < Weeks)
            Add(NetworkRows.Of(patient), joined);
    }

    public void Dispose()
    {
        foreach (var export in exports)
            export.Dispose();
    }

    /// <returns>The week the row first stands in.</returns>
    private int Add(NetworkRow row, bool stands)
    {
        var week = exports.FindIndex(export => DateOnly.FromDateTime(export.Export.Moment) > row.Date);
        if (week < 0)
            throw new ArgumentException("A fact lies after the last export.", nameof(row));
        var lot = long.Parse(row.Number, CultureInfo.InvariantCulture) % 17;
        var later = Math.Min(week + 1 + (int)(lot % 3), Weeks - 1);
        if (!stands)
        {
            exports[week].Add(row);
            exports[later].Add(row with { Version = 2, Action = NetworkAction.Withdrawal, Recorded = EveOf(later) });
        }
        else if (lot == 5 && later > week)
        {
            exports[week].Add(Mistyped(row));
            exports[later].Add(row with { Version = 2, Action = NetworkAction.Correction, Recorded = EveOf(later) });
        }
        else
        {
            exports[week].Add(row);
        }
        return week;
    }

    /// <summary>The name in use of some was only learnt later.</summary>
    private void Add(NetworkPatient patient, int joined)
    {
        var learntLater = patient.UsedName is not null && joined < Weeks - 1 && long.Parse(patient.Number, CultureInfo.InvariantCulture) % 3 == 0;
        exports[joined].Add(learntLater ? patient with { UsedName = null } : patient);
        if (learntLater)
            exports[Weeks - 1].Add(patient with { Version = 2, Action = NetworkAction.Correction });
    }

    private DateTime EveOf(int week) => exports[week].Export.Moment.Date.AddDays(-1).AddHours(19);

    private static NetworkRow Mistyped(NetworkRow row) => row.Rubric is not "PIED" && row.Value is { } value
        ? row with { Value = value + 1 }
        : row with { Comment = "À compléter" };
}
