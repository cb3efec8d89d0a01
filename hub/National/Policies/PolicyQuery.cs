using System.Data.Common;
using System.Text.Json;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Policies;

/// <summary>
/// Reads one policy in one trip, on any engine: the same six questions in one command. Written by hand because it stands on the path of every
/// request; the names of tables and columns are those of the model. What the questions see must be one moment: the caller has a transaction around
/// them.
/// </summary>
internal static class PolicyQuery
{
    /// <summary>Whose an identifier is, and the epoch: what a kept policy is checked against. Parameters <c>@system</c>, <c>@value</c>.</summary>
    public const string FindText = """
        SELECT p.id, p.epoch FROM identity_link l JOIN person p ON p.id = l.person_id
        WHERE l.value = @value AND l.system = @system AND l.until IS NULL
        """;

    /// <summary>Parameters <c>@person</c> and <c>@now</c> (Unix milliseconds).</summary>
    public const string LoadText = """
        SELECT epoch, state, state_since, attending_physician, opposes_break_glass, opposes_regulation FROM person WHERE id = @person;
        SELECT sequence, action, choice, grantee_kind, grantee_id, sources, since, until, collected_by, evidence
          FROM consent WHERE person_id = @person ORDER BY sequence;
        SELECT professional FROM blocked_professional WHERE person_id = @person;
        SELECT kind, member_id, since, until FROM care_team_member WHERE person_id = @person;
        SELECT target_kind, target_id, visibility, lifts, since, set_by, reach FROM mask WHERE person_id = @person;
        SELECT id, mode, professional, organization, reason, since, until, sources
          FROM break_glass_ticket WHERE person_id = @person AND until > @now;
        """;

    public static void AddFindParameters(DbCommand command)
    {
        Add(command, "@value");
        Add(command, "@system");
    }

    public static void SetFindParameters(DbCommand command, PatientKey key) =>
        (command.Parameters[0].Value, command.Parameters[1].Value) = (key.Value, key.System);

    public static void AddLoadParameters(DbCommand command)
    {
        Add(command, "@person");
        Add(command, "@now");
    }

    public static void SetLoadParameters(DbCommand command, Guid person, DateTimeOffset now) =>
        (command.Parameters[0].Value, command.Parameters[1].Value) = (person, now.ToUnixTimeMilliseconds());

    /// <summary>Reads the answer to <see cref="LoadText"/>; null when there is no such person.</summary>
    /// <exception cref="NationalUnavailableException">A word of it is not one of this hub's: half a policy is none.</exception>
    public static async Task<PatientPolicy?> ReadAsync(DbDataReader reader, Guid person, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadRowsAsync(reader, person, cancellationToken);
        }
        catch (Exception fault) when (fault is ArgumentException or JsonException or InvalidCastException)
        {
            throw new NationalUnavailableException(StoreFault.Schema);
        }
    }

    private static async Task<PatientPolicy?> ReadRowsAsync(DbDataReader reader, Guid person, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var policy = Head(reader, person);
        var consents = await ListAsync(reader, ConsentOf, cancellationToken);
        var blocked = await ListAsync(reader, static row => row.GetString(0), cancellationToken);
        var team = await ListAsync(reader, MemberOf, cancellationToken);
        var masks = await ListAsync(reader, MaskOf, cancellationToken);
        var tickets = await ListAsync(reader, TicketOf, cancellationToken);
        return Whole(policy, consents, blocked, team, masks, tickets);
    }

    private static void Add(DbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
    }

    private static PatientPolicy Head(DbDataReader row, Guid person) => new()
    {
        Person = new PersonId(person),
        Epoch = row.GetInt64(0),
        State = Enum.Parse<DossierState>(row.GetString(1)),
        StateSince = MomentOrNone(row, 2),
        AttendingPhysician = TextOrNone(row, 3),
        OpposesBreakGlass = row.GetBoolean(4),
        OpposesRegulation = row.GetBoolean(5),
    };

    /// <summary>In an order of its own: engines sort text by the rules of a language.</summary>
    private static PatientPolicy Whole(
        PatientPolicy policy, List<Consent> consents, List<string> blocked, List<CareTeamMember> team, List<Mask> masks,
        List<BreakGlassTicket> tickets)
    {
        blocked.Sort(StringComparer.Ordinal);
        return policy with
        {
            Consents = consents,
            Blocked = blocked,
            CareTeam =
            [
                .. team.OrderBy(static one => one.Since).ThenBy(static one => one.Organization is not null)
                    .ThenBy(static one => one.Professional ?? one.Organization, StringComparer.Ordinal),
            ],
            Masks =
            [
                .. masks.OrderBy(static one => one.Target.Kind).ThenBy(static one => one.Target.Id, StringComparer.Ordinal)
                    .ThenBy(static one => one.Visibility),
            ],
            Tickets = [.. tickets.OrderBy(static one => one.Since).ThenBy(static one => one.Id, StringComparer.Ordinal)],
        };
    }

    private static async Task<List<T>> ListAsync<T>(DbDataReader reader, Func<DbDataReader, T> row, CancellationToken cancellationToken)
    {
        await reader.NextResultAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(row(reader));
        return rows;
    }

    private static Consent ConsentOf(DbDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Action = Enum.Parse<ConsentAction>(row.GetString(1)),
        Choice = Enum.Parse<ConsentChoice>(row.GetString(2)),
        Grantee = new Grantee(Enum.Parse<GranteeKind>(row.GetString(3)), TextOrNone(row, 4)),
        Sources = TextList.Read(row.GetString(5)),
        Since = Moment(row, 6),
        Until = MomentOrNone(row, 7),
        CollectedBy = row.GetString(8),
        Evidence = TextOrNone(row, 9),
    };

    private static CareTeamMember MemberOf(DbDataReader row)
    {
        var professional = Enum.Parse<MemberKind>(row.GetString(0)) == MemberKind.Professional;
        var id = row.GetString(1);
        return new CareTeamMember(professional ? id : null, professional ? null : id, Moment(row, 2), MomentOrNone(row, 3));
    }

    private static Mask MaskOf(DbDataReader row) => new()
    {
        Target = new MaskTarget(Enum.Parse<MaskTargetKind>(row.GetString(0)), row.GetString(1)),
        Visibility = Enum.Parse<Visibility>(row.GetString(2)),
        Lifts = row.GetBoolean(3),
        Since = Moment(row, 4),
        SetBy = row.GetString(5),
        Reach = TextList.Read(row.GetString(6)),
    };

    private static BreakGlassTicket TicketOf(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Mode = Enum.Parse<EmergencyMode>(row.GetString(1)),
        Professional = row.GetString(2),
        Organization = TextOrNone(row, 3),
        Reason = row.GetString(4),
        Since = Moment(row, 5),
        Until = Moment(row, 6),
        Sources = TextList.Read(row.GetString(7)),
    };

    private static DateTimeOffset Moment(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static DateTimeOffset? MomentOrNone(DbDataReader row, int column) => row.IsDBNull(column) ? null : Moment(row, column);

    private static string? TextOrNone(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
