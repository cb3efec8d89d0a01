namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>What readers ask of the index.</summary>
internal static class IndexQuestions
{
    /// <summary>Moment of the newest export.</summary>
    public const string AsOf = "SELECT MAX(moment) FROM delivery";

    /// <summary>An export that a later one names as the one before it, and that never came.</summary>
    public const string MissingExport = """
        SELECT 1 FROM delivery d WHERE d.previous IS NOT NULL AND NOT EXISTS (SELECT 1 FROM delivery p WHERE p.export = d.previous) LIMIT 1
        """;

    public const string Patients = "SELECT fields FROM patient WHERE ins_c = $0 AND stands = 1 ORDER BY number";

    public static readonly string Records = $"SELECT fields FROM record WHERE ins_c = $0 AND stands = 1 AND NOT {Closed("$0")} ORDER BY place";

    /// <summary>In the columns of <see cref="Changes"/>.</summary>
    public const string Unreadable = """
        SELECT place, number, ins_c, NULL, NULL, file, line, code, reason, raw FROM unreadable WHERE ins_c = $0 ORDER BY place
        """;

    /// <summary>Everybody with a standing line in either file, each once.</summary>
    public static readonly string Directory = $"""
        SELECT ins_c FROM patient WHERE stands = 1 AND ins_c > $0
        UNION SELECT ins_c FROM record WHERE stands = 1 AND ins_c > $0 AND NOT {Closed("ins_c")}
        ORDER BY ins_c LIMIT $1
        """;

    public const string LastDelivery = "SELECT chain, last_place FROM delivery ORDER BY id DESC LIMIT 1";

    /// <summary>The last place of the delivery with this chain; none when the index never took it.</summary>
    public const string PlaceOfChain = """
        SELECT d.last_place, COALESCE((SELECT b.last_place FROM delivery b WHERE b.id = d.id - 1), 0) FROM delivery d WHERE d.chain = $0
        """;

    /// <summary>
    /// What changed between two places, in order, each record once and as it stands now. The second part gives what could not be read; what was
    /// withdrawn without ever having been shown is passed over.
    /// </summary>
    public static readonly string Changes = $"""
        SELECT place, number, ins_c, CASE WHEN stands = 1 AND NOT {Closed("ins_c")} THEN 1 ELSE 0 END, fields, NULL, NULL, NULL, NULL, NULL
        FROM record WHERE place > $0 AND place <= $1 AND shown = 1
        UNION ALL
        SELECT place, number, ins_c, NULL, NULL, file, line, code, reason, raw FROM unreadable WHERE place > $0 AND place <= $1
        ORDER BY 1 LIMIT $2
        """;

    /// <summary>Chain of the delivery a place lies in, and the places before it.</summary>
    public const string ChainOfPlace = """
        SELECT d.chain, COALESCE((SELECT b.last_place FROM delivery b WHERE b.id = d.id - 1), 0)
        FROM delivery d WHERE d.last_place >= $0 ORDER BY d.id LIMIT 1
        """;

    /// <summary>True of a key under which a patient was withdrawn and none stands: the network no longer follows them.</summary>
    public static string Closed(string key) =>
        $"(EXISTS (SELECT 1 FROM patient c WHERE c.ins_c = {key} AND c.stands = 0)"
        + $" AND NOT EXISTS (SELECT 1 FROM patient c WHERE c.ins_c = {key} AND c.stands = 1))";
}
