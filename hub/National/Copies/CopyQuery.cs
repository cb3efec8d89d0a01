namespace DmpFederation.Hub.National.Copies;

/// <summary>
/// The statements on the tables of copies, below EF's model, whose names they use. Each is about one patient of one source, so that on every engine
/// it is one stretch of the key; several patients are several sets of values of one statement.
/// </summary>
internal static class CopyQuery
{
    /// <summary>Columns of <see cref="CopyRow"/> in the order in which rows are put in.</summary>
    public const string CopyColumns = "source_id, system, value, category_group, wave, is_unknown, statements, taken_at, confirmed_at";

    /// <summary>Columns of <see cref="EntryRow"/>, and of its former versions, in the order in which rows are put in.</summary>
    public const string EntryColumns =
        "source_id, system, value, category_group, local_id, number, state, category, taken_at, hash, content_hash, envelope, resource, code, reason";

    /// <summary>Everything of one patient at one moment: a statement sees no half of what another one writes.</summary>
    public const string Read = """
        SELECT 0, category_group, wave, is_unknown, confirmed_at, NULL, statements, NULL, NULL
          FROM patient_copy WHERE source_id = @source AND system = @system AND value = @value
        UNION ALL
        SELECT 1, category_group, code, NULL, NULL, reason, envelope, resource, local_id
          FROM entry WHERE source_id = @source AND system = @system AND value = @value AND state <> 'Withdrawn'
        """;

    /// <summary>What a copy is compared with: hashes alone.</summary>
    public const string Held = """
        SELECT c.wave, c.is_unknown, c.statements, e.local_id, e.number, e.state, e.category, e.hash, e.content_hash, e.code, e.reason
          FROM patient_copy c
          LEFT JOIN entry e ON e.source_id = c.source_id AND e.system = c.system AND e.value = c.value AND e.category_group = c.category_group
         WHERE c.source_id = @source AND c.system = @system AND c.value = @value AND c.category_group = @group
        """;

    /// <summary>Puts a version aside before another one takes its place.</summary>
    public const string KeepVersion = $"""
        INSERT INTO entry_version ({EntryColumns}) SELECT {EntryColumns} FROM entry WHERE {Fact}
        """;

    public const string RemoveVersion = $"DELETE FROM entry WHERE {Fact}";

    /// <summary>A document that comes back to a content it had is kept once.</summary>
    public const string KeepContent = """
        INSERT INTO document_content (source_id, system, value, category_group, local_id, sha256, content_type, bytes, taken_at)
        VALUES (@source, @system, @value, @group, @id, @sha256, @type, @bytes, @at) ON CONFLICT DO NOTHING
        """;

    public const string Confirm = $"UPDATE patient_copy SET confirmed_at = @at WHERE {Copy} AND confirmed_at < @at";

    public const string Restate = $"""
        UPDATE patient_copy SET is_unknown = @unknown, statements = @statements, confirmed_at = @at WHERE {Copy}
        """;

    public const string Slice = "SELECT batches FROM migration_slice WHERE source_id = @source AND wave = @wave AND category_group = @group";

    public const string Advance = """
        UPDATE migration_slice SET batches = batches + 1, copied = copied + @patients, checkpoint = CASE WHEN @moves THEN @checkpoint ELSE checkpoint END
         WHERE source_id = @source AND wave = @wave AND category_group = @group
        """;

    /// <summary>A page of the patients of a slice, from behind a key.</summary>
    public const string List = """
        SELECT system, value FROM patient_copy
         WHERE source_id = @source AND wave = @wave AND category_group = @group AND (system, value) > (@system, @value)
         ORDER BY system, value LIMIT @most
        """;

    public const string Count = $"""
        SELECT (SELECT COUNT(*) FROM patient_copy WHERE source_id = @source AND wave = @wave AND category_group = @group),
               SUM(CASE WHEN e.state <> 'Withdrawn' THEN 1 ELSE 0 END), SUM(CASE WHEN e.state = 'Withdrawn' THEN 1 ELSE 0 END),
               SUM(CASE WHEN e.content_hash IS NOT NULL THEN 1 ELSE 0 END),
               SUM(CASE WHEN e.state = 'Refused' THEN 1 ELSE 0 END), COUNT(*),
               (SELECT COUNT(*) FROM patient_copy c JOIN entry_version e ON {Of} WHERE {Within})
          FROM patient_copy c JOIN entry e ON {Of}
         WHERE {Within}
        """;

    private const string Copy = "source_id = @source AND system = @system AND value = @value AND category_group = @group";

    private const string Fact = Copy + " AND local_id = @id";

    private const string Of =
        "e.source_id = c.source_id AND e.system = c.system AND e.value = c.value AND e.category_group = c.category_group";

    private const string Within = "c.source_id = @source AND c.wave = @wave AND c.category_group = @group";
}
