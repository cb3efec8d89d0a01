using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Picardie;

/// <summary>Search parameters of FHIR R4 as conditions on the current rows of the database.</summary>
internal static class SearchFilters
{
    private static readonly HashSet<string> Tokens =
        ["identifier", "code", "category", "type", "status", "vaccine-code", "clinical-status", "verification-status"];

    /// <summary>As many parts as SQLite joins in one question.</summary>
    private const int MostAlternatives = 500;

    /// <summary>Parameters every type is declared with.</summary>
    public static IReadOnlyList<(string Name, string Type)> Declared { get; } =
    [
        ("_id", "token"), ("_lastUpdated", "date"), ("identifier", "token"), ("code", "token"), ("category", "token"), ("type", "token"),
        ("status", "token"), ("date", "date"),
    ];

    public static bool Knows(string name) =>
        name is "_id" or "_lastUpdated" or "date" or "patient" or "subject" or "patient.identifier" or "subject.identifier" || Tokens.Contains(name);

    /// <summary>Adds a condition; commas within a value mean or.</summary>
    public static void Add(StringBuilder sql, SqliteCommand command, string name, string value)
    {
        sql.Append(" AND (");
        if (name is "patient" or "subject")
            sql.Append("r.patient IN (").AppendJoin(", ", Split(value, ',').Select(part => Parameter(command, PatientId(part)))).Append(')');
        else if (OfPatient(name))
            AddPatientIdentifiers(sql, command, value);
        else if (Tokens.Contains(name))
        {
            sql.Append("r.seq IN (");
            AddTokens(sql, command, name, value);
            sql.Append(')');
        }
        else
            AddAlternatives(sql, Split(value, ','), part => AddOne(sql, command, name, part));
        sql.Append(')');
    }

    /// <summary>True for a parameter that names whose resources are looked for: the index by patient serves it, however many there are.</summary>
    public static bool OfPatient(string name) => name is "patient" or "subject" or "patient.identifier" or "subject.identifier";

    // From the token to the patient: the other way round every patient would be looked at.
    private static void AddPatientIdentifiers(StringBuilder sql, SqliteCommand command, string value)
    {
        sql.Append("r.patient IN (SELECT p.id FROM (");
        AddTokens(sql, command, "identifier", value);
        sql.Append(") t CROSS JOIN resource p ON p.seq = t.seq WHERE p.type = 'Patient' AND p.current = 1)");
    }

    // One look into the index for each alternative, and then the rows by number: joined by OR, every token of the parameter would be looked at.
    private static void AddTokens(StringBuilder sql, SqliteCommand command, string name, string value)
    {
        var looks = 0;
        foreach (var part in Split(value, ','))
        {
            if (++looks > MostAlternatives)
                throw new FhirFault(400, "too-costly", "A search parameter has too many values.");
            sql.Append(looks == 1 ? "SELECT t.seq FROM token t WHERE " : " UNION ALL SELECT t.seq FROM token t WHERE ");
            AddToken(sql, command, name, part);
        }
    }

    private static void AddAlternatives(StringBuilder sql, IEnumerable<string> parts, Action<string> add)
    {
        var first = true;
        foreach (var part in parts)
        {
            if (!first)
                sql.Append(" OR ");
            first = false;
            add(part);
        }
    }

    private static void AddOne(StringBuilder sql, SqliteCommand command, string name, string value)
    {
        switch (name)
        {
            case "_id":
                sql.Append("r.id = ").Append(Parameter(command, value));
                break;
            case "_lastUpdated":
                AddDate(sql, command, value, "r.updated", "r.updated");
                break;
            case "date":
                AddDate(sql, command, value, "r.date_from", "r.date_to");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, null);
        }
    }

    /// <summary><c>system|code</c>, <c>|code</c> (no system), <c>system|</c> (any code), or a code of any system.</summary>
    private static void AddToken(StringBuilder sql, SqliteCommand command, string name, string value)
    {
        sql.Append("t.parameter = ").Append(Parameter(command, name));
        var parts = Split(value, '|').ToList();
        var (system, code) = parts.Count > 1 ? (Unescaped(parts[0]), Unescaped(parts[1])) : (null, Unescaped(parts[0]));
        if (system is not null)
            sql.Append(" AND t.system = ").Append(Parameter(command, system));
        if (code.Length > 0)
            sql.Append(" AND t.code = ").Append(Parameter(command, code));
    }

    private static void AddDate(StringBuilder sql, SqliteCommand command, string value, string fromColumn, string toColumn)
    {
        var prefix = value.Length > 2 && char.IsAsciiLetter(value[0]) ? value[..2] : "eq";
        var text = value.Length > 2 && char.IsAsciiLetter(value[0]) ? value[2..] : value;
        // A plus sign that was not escaped arrives as a blank.
        if (ResourceIndex.Interval(text.Replace(' ', '+')) is not { } asked)
            throw new FhirFault(400, "invalid", "A date is not a FHIR date.");
        var (low, high) = (Parameter(command, asked.From), Parameter(command, asked.To));
        sql.Append(prefix switch
        {
            "eq" => $"({fromColumn} >= {low} AND {toColumn} <= {high})",
            "ne" => $"NOT ({fromColumn} >= {low} AND {toColumn} <= {high})",
            "gt" or "sa" => $"{fromColumn} > {high}",
            "ge" => $"{toColumn} >= {low}",
            "lt" or "eb" => $"{toColumn} < {low}",
            "le" => $"{fromColumn} <= {high}",
            _ => throw new FhirFault(400, "not-supported", "The prefix of a date is not supported."),
        });
    }

    private static string PatientId(string value)
    {
        var at = value.LastIndexOf("Patient/", StringComparison.Ordinal);
        return at < 0 ? value : value[(at + "Patient/".Length)..];
    }

    private static string Parameter(SqliteCommand command, object value)
    {
        var name = "$p" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        command.Parameters.AddWithValue(name, value);
        return name;
    }

    /// <summary>Cuts at a separator that is not escaped by a backslash; escapes stay in the parts.</summary>
    private static IEnumerable<string> Split(string value, char separator)
    {
        var start = 0;
        for (var index = 0; index < value.Length; index++)
        {
            if (value[index] == '\\')
                index++;
            else if (value[index] == separator)
            {
                yield return value[start..index];
                start = index + 1;
            }
        }
        yield return value[start..];
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 1 < text.Length)
                index++;
            plain.Append(text[index]);
        }
        return plain.ToString();
    }
}
