using System.Data;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.National.Policies;
using DmpFederation.Sdk;
using Npgsql;

namespace DmpFederation.Hub.National.Engine;

/// <summary>
/// Reads policies from PostgreSQL. Every lookup asks, in one trip with a prepared statement, whose the identifier is and which epoch that person is at;
/// only a policy with another epoch is read again. Thread-safe.
/// </summary>
internal sealed class PostgreSqlPolicyReads : IPolicyReads, IDisposable
{
    /// <summary>Longest wait for the server, s: a request that waits for longer is refused anyway.</summary>
    private const int LongestWait = 5;

    private readonly NpgsqlDataSource source;
    private readonly PolicyCache kept;
    private readonly TimeProvider clock;

    public PostgreSqlPolicyReads(string connectionString, int keepPolicies, TimeProvider clock)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Timeout = Math.Min(connection.Timeout, LongestWait);
        connection.CommandTimeout = LongestWait;
        if (connection.MaxAutoPrepare == 0)
            (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (16, 2);
        // These connections only ask: there is nothing to put back before the next one uses them, and nothing of a caller's to join.
        (connection.NoResetOnClose, connection.Enlist) = (true, false);
        source = NpgsqlDataSource.Create(connection);
        kept = new PolicyCache(keepPolicies);
        this.clock = clock;
    }

    public async ValueTask<PatientPolicy> FindAsync(PatientKey key, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (await PersonAsync(connection, key, cancellationToken) is not { } found)
        {
            kept.Forget(key);
            return PatientPolicy.None;
        }
        if (kept.Find(key) is { } known && known.Policy.Person?.Value == found.Person && known.Policy.Epoch == found.Epoch)
            return known.Policy;
        var policy = await LoadAsync(connection, found.Person, cancellationToken) ?? PatientPolicy.None;
        kept.Keep(key, new KeptPolicy(policy, policy.Epoch));
        return policy;
    }

    public void Dispose() => source.Dispose();

    private static async Task<(Guid Person, long Epoch)?> PersonAsync(NpgsqlConnection connection, PatientKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PolicyQuery.FindText, connection);
        PolicyQuery.AddFindParameters(command);
        PolicyQuery.SetFindParameters(command, key);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow, cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetGuid(0), reader.GetInt64(1)) : null;
    }

    /// <summary>Every question sees the same moment: half of one change and half of the next would be a policy nobody wanted.</summary>
    private async Task<PatientPolicy?> LoadAsync(NpgsqlConnection connection, Guid person, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var command = new NpgsqlCommand(PolicyQuery.LoadText, connection, transaction);
        PolicyQuery.AddLoadParameters(command);
        PolicyQuery.SetLoadParameters(command, person, clock.GetUtcNow());
        PatientPolicy? policy;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            policy = await PolicyQuery.ReadAsync(reader, person, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return policy;
    }
}
