using System.Xml.Linq;
using DmpFederation.SyntheticFrance.Care;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.WebMedecin;

/// <summary>
/// A page of the journal as readers get it. A line added or corrected is told as it stands now, in an extract of its own; what no longer stands, or
/// is older than the twelve months shown, is passed over: its withdrawal is told in its turn.
/// </summary>
internal static class ChangeList
{
    internal static XElement Of(SqliteConnection connection, long after, int count, DateOnly today, DateTimeOffset now)
    {
        // One moment of the database for both questions: an entry must not lie beyond the end that is told.
        using var moment = connection.BeginTransaction(deferred: true);
        var (first, last) = ReimbursementRegister.JournalEnds(connection);
        var entries = ReimbursementRegister.Journal(connection, after, count);
        var told = entries.Select(entry => Told(connection, entry, today, now)).OfType<XElement>().ToList();
        return new XElement(
            HistoryRoutes.Ns + "modifications",
            new XAttribute("premier", first),
            new XAttribute("dernier", last),
            new XAttribute("jusque", entries.Count < count ? last : entries[^1].Number),
            told);
    }

    private static XElement? Told(SqliteConnection connection, JournalEntry entry, DateOnly today, DateTimeOffset now)
    {
        var line = entry.Line;
        if (entry.Action == "S")
            return Change(entry, line.Identifier is { } own
                ? [new XAttribute("identifiant", own)]
                : [
                    new XAttribute("nature", line.Nature), new XAttribute("jour", ReimbursementRegister.Day(line.Day)),
                    new XAttribute("systeme", line.System), new XAttribute("code", line.Code), new XAttribute("rang", entry.Rank ?? 1),
                ]);
        var standing = line.Identifier is not null
            ? entry.IsWithdrawn ? null : line
            : ReimbursementRegister.LinesLike(connection, line).ElementAtOrDefault((entry.Rank ?? 1) - 1);
        if (standing is null || standing.Day < HistoryPeriod.FirstShown(today))
            return null;
        var extract = HistoryDocument.Of(entry.Patient, new HistoryPeriod("extrait", line.Day, line.Day), [standing], now);
        return Change(entry, entry.Rank is { } rank ? [new XAttribute("rang", rank), extract] : [extract]);
    }

    private static XElement Change(JournalEntry entry, params object[] content) => new(
        HistoryRoutes.Ns + "modification",
        new XAttribute("numero", entry.Number),
        new XAttribute("action", entry.Action),
        new XAttribute("dossier", ReimbursementFile.Numbered(entry.Patient.Number)),
        new XAttribute("oid", entry.Patient.Oid),
        new XAttribute("matricule", entry.Patient.Matricule),
        content);
}
