namespace DmpFederation.Hub.National.Deposits;

/// <summary>The statements of deliveries, the same words on every engine.</summary>
internal static class DeliveryQuery
{
    /// <summary>Claims what is due; <paramref name="hold"/> keeps two nodes from choosing the same lines where they could.</summary>
    public static string Claim(string hold) =>
        $"""
        UPDATE deposit_delivery SET claim = claim + 1, claimed_until = @until
        WHERE id IN
            (SELECT id FROM deposit_delivery WHERE state = 'Pending' AND due_at <= @now AND claimed_until <= @now
             ORDER BY due_at, id LIMIT @most{hold})
        RETURNING id, claim
        """;

    public const string Load =
        """
        SELECT line.source_id, line.attempts, deposit.unique_id, deposit.system, deposit.value, deposit.deposited_by, deposit.profession,
               deposit.organization, deposit.resource, content.content_type, content.bytes
        FROM deposit_delivery AS line
        JOIN deposit ON deposit.unique_id = line.unique_id
        LEFT JOIN deposit_content AS content ON content.unique_id = line.unique_id
        WHERE line.id = @id
        """;

    /// <summary>Who has lost the claim changes nothing. A line that was given up meanwhile is only said to be delivered.</summary>
    public const string Note =
        """
        UPDATE deposit_delivery
        SET state = @state, code = @code, local_id = @local, attempts = @attempts, due_at = @due, claimed_until = 0, changed_at = @now
        WHERE id = @id AND claim = @claim AND (state = 'Pending' OR @state = 'Delivered')
        """;

    /// <summary>The claim grows, so that who tries it now no longer says what became of it.</summary>
    public const string Retry =
        """
        UPDATE deposit_delivery
        SET state = 'Pending', code = NULL, attempts = 0, due_at = @now, claimed_until = 0, claim = claim + 1, changed_at = @now
        WHERE id = @id AND state <> 'Delivered' AND (code IS NULL OR code <> @replaced)
        """;
}
