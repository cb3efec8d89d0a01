namespace DmpFederation.Hub.National.Deposits;

/// <summary>The statements of divergences.</summary>
internal static class DivergenceQuery
{
    /// <summary>
    /// What was delivered to a source and replaced since, of which the source gave another version than the first: under the identifier it was
    /// deposited by, or another one of the same person. From what was replaced: that is little, and everything else is found by its key.
    /// </summary>
    /// <param name="bytesOf">A text as its bytes, in the words of the engine.</param>
    public static string Open(Func<string, string> bytesOf) =>
        $"""
        {Under(bytesOf, "", "deposit.system", "deposit.value")}
        UNION
        {Under(bytesOf, Links, "other.system", "other.value")}
        ORDER BY 1
        """;

    public const string Settle =
        """
        INSERT INTO divergence_settlement (delivery_id, version, settled_at, settled_by, reason) VALUES (@id, @version, @at, @by, @reason)
        ON CONFLICT (delivery_id, version) DO NOTHING
        """;

    private const string Links =
        """
        JOIN identity_link AS mine ON mine.value = deposit.value AND mine.system = deposit.system AND mine.until IS NULL
        JOIN identity_link AS other ON other.person_id = mine.person_id AND other.until IS NULL
        """;

    private static string Under(Func<string, string> bytesOf, string links, string system, string value) =>
        $"""
        SELECT line.id, copy.wave, entry.category_group, line.local_id, entry.number, entry.state, entry.taken_at
        FROM deposit
        JOIN deposit_delivery AS line ON line.unique_id = deposit.unique_id
        {links}
        JOIN entry ON entry.source_id = line.source_id AND entry.system = {system} AND entry.value = {value} AND entry.local_id = {bytesOf("line.local_id")}
        JOIN patient_copy AS copy ON copy.source_id = entry.source_id AND copy.system = entry.system AND copy.value = entry.value
            AND copy.category_group = entry.category_group
        WHERE deposit.replaced_by IS NOT NULL AND line.source_id = @source AND line.local_id IS NOT NULL AND entry.number > 1
          AND NOT EXISTS (SELECT 1 FROM divergence_settlement AS done WHERE done.delivery_id = line.id AND done.version >= entry.number)
        """;
}
