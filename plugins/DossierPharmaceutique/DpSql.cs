using System.Text;

namespace DmpFederation.Plugins.DossierPharmaceutique;

/// <summary>The questions put to the host. The same text runs on SQLite and PostgreSQL.</summary>
internal static class DpSql
{
    /// <summary>Answers at once, and fails when a table the connector reads is missing.</summary>
    public const string Probe = "SELECT l.id, l.version FROM dispensation l JOIN dossier d ON d.numero_dp = l.numero_dp WHERE d.ins_nir = ''";

    /// <summary>The number the journal gave last, and the lowest it still holds (it may have been purged).</summary>
    public const string JournalEnds =
        "SELECT (SELECT valeur FROM compteur WHERE nom = 'journal'), (SELECT MIN(seq) FROM journal)";

    /// <summary>Open dossiers after a key, in order.</summary>
    public const string Patients =
        "SELECT DISTINCT ins_nir FROM dossier WHERE etat = 'O' AND ins_nir > @after ORDER BY ins_nir LIMIT @limit";

    /// <summary>
    /// A line that may be shown: neither cancelled, nor refused by the patient, and inside the window of its nature. A day that no calendar has
    /// (the dossier pharmaceutique began in 2007) cannot be held against a window: the line comes through and is reported as unreadable.
    /// </summary>
    private const string Shown = """
        l.annulee = 0 AND l.refusee = 0 AND (
            l.date_delivrance >= CASE l.nature WHEN 'vaccin' THEN @vaccines WHEN 'biologique' THEN @biologicals ELSE @medicines END
            OR LENGTH(l.date_delivrance) <> 8 OR l.date_delivrance < '20070101')
        """;

    private const string LineColumns =
        "l.id, l.date_delivrance, l.cip13, l.libelle, l.code_atc, l.quantite, l.date_saisie, l.version, l.ref_systeme, l.ref_valeur";

    /// <summary>Changes after a number, each with the line as it stands now; the line's columns are null when it may not be shown.</summary>
    public const string Changes = $"""
        SELECT j.seq, j.action, j.ligne, d.ins_nir, {LineColumns}
        FROM journal j
        JOIN dispensation o ON o.id = j.ligne
        JOIN dossier d ON d.numero_dp = o.numero_dp
        LEFT JOIN dispensation l ON l.id = j.ligne AND d.etat = 'O' AND {Shown}
        WHERE j.seq > @after AND j.seq <= @last
        ORDER BY j.seq
        LIMIT @limit
        """;

    /// <summary>
    /// Lines of several patients in one question: parameters <c>p0</c> on are their numbers. A dossier without a line to show still gives one row, so
    /// that a patient who is known is not taken for unknown; a closed dossier gives none (the patient withdrew it).
    /// </summary>
    /// <param name="patients">How many.</param>
    /// <param name="lines">False asks only which of them have an open dossier.</param>
    public static string Lines(int patients, bool lines)
    {
        var sql = new StringBuilder(1024);
        sql.Append("SELECT d.ins_nir");
        if (lines)
            sql.Append(", ").Append(LineColumns);
        sql.Append(" FROM dossier d ");
        if (lines)
            sql.Append("LEFT JOIN dispensation l ON l.numero_dp = d.numero_dp AND ").Append(Shown);
        sql.Append(" WHERE d.etat = 'O' AND d.ins_nir IN (");
        for (var index = 0; index < patients; index++)
            sql.Append(index == 0 ? "@p" : ", @p").Append(index);
        return sql.Append(')').ToString();
    }
}
