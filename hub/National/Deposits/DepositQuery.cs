namespace DmpFederation.Hub.National.Deposits;

/// <summary>The statements of deposits, the same words on every engine.</summary>
internal static class DepositQuery
{
    /// <summary>A name that is taken leaves everything as it is; one that is being taken is waited for.</summary>
    public const string Insert =
        """
        INSERT INTO deposit
            (unique_id, system, value, category, digest, resource, received_at, deposited_by, profession, organization, replaces, replaced_by)
        VALUES (@id, @system, @value, @category, @digest, @resource, @received, @by, @profession, @organization, @replaces, NULL)
        ON CONFLICT (unique_id) DO NOTHING
        """;

    /// <summary>Every key that leads to the person of one, and that key itself.</summary>
    private const string Keys =
        """
        (SELECT @system AS system, @value AS value
         UNION
         SELECT other.system, other.value FROM identity_link AS mine
         JOIN identity_link AS other ON other.person_id = mine.person_id AND other.until IS NULL
         WHERE mine.value = @value AND mine.system = @system AND mine.until IS NULL)
        """;

    /// <summary>One deposit, when it is of the person of a key; the caller may add a lock.</summary>
    public const string Find =
        $"""
        SELECT digest, received_at, deposited_by, organization, replaced_by FROM deposit
        WHERE unique_id = @id AND EXISTS (SELECT 1 FROM {Keys} AS own WHERE own.value = deposit.value AND own.system = deposit.system)
        """;

    /// <summary>A row for every key of the person, with what is in force under it; the first column says whether the person is known.</summary>
    public const string Read =
        """
        SELECT own.known, deposit.unique_id, deposit.category, deposit.resource
        FROM (SELECT @system AS system, @value AS value,
                     EXISTS (SELECT 1 FROM identity_link AS mine WHERE mine.value = @value AND mine.system = @system AND mine.until IS NULL) AS known
              UNION ALL
              SELECT other.system, other.value, TRUE FROM identity_link AS mine
              JOIN identity_link AS other ON other.person_id = mine.person_id AND other.until IS NULL
              WHERE mine.value = @value AND mine.system = @system AND mine.until IS NULL
                AND NOT (other.value = @value AND other.system = @system)) AS own
        LEFT JOIN deposit ON deposit.value = own.value AND deposit.system = own.system AND deposit.replaced_by IS NULL
        ORDER BY deposit.received_at, deposit.unique_id
        """;

    public const string Content =
        $"""
        SELECT content.content_type, content.bytes FROM {Keys} AS own
        JOIN deposit ON deposit.value = own.value AND deposit.system = own.system
        JOIN deposit_content AS content ON content.unique_id = deposit.unique_id
        WHERE deposit.replaced_by IS NULL AND deposit.unique_id = @id
        """;

    public const string Replace = "UPDATE deposit SET replaced_by = @by WHERE unique_id = @id AND replaced_by IS NULL";

    /// <summary>What a system did not get yet of a deposit that was replaced, it does not get.</summary>
    public const string Supersede =
        "UPDATE deposit_delivery SET state = 'Refused', code = @code, changed_at = @at WHERE unique_id = @id AND state = 'Pending'";

    public const string Lines = "SELECT source_id, state, code FROM deposit_delivery WHERE unique_id = @id ORDER BY source_id";
}
