using System.Data.Common;

namespace DmpFederation.LegacySystems.DossierPharmaceutique;

/// <summary>
/// The host's application over its database. Every write takes its numbers from the <c>compteur</c> row inside its own transaction: the row lock makes
/// the order of the journal the order of the commits, so that a reader that follows it misses nothing. Not thread-safe; several may run on one database.
/// </summary>
internal sealed class DpRegister : IDisposable
{
    private readonly DbConnection connection;

    private DpRegister(DbConnection connection) => this.connection = connection;

    /// <summary>Opens a database; an empty one is given its tables first.</summary>
    /// <param name="connection">A closed connection, which the register owns.</param>
    /// <param name="empty">True when the database has no table yet.</param>
    public static DpRegister Open(DbConnection connection, bool empty)
    {
        connection.Open();
        var register = new DpRegister(connection);
        if (empty)
            register.Execute(DpSchema.Create);
        return register;
    }

    /// <summary>Runs a statement of the host's own (a pragma, a maintenance task).</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Opens dossiers and records lines, in one transaction. A product seen for the first time enters the product table.</summary>
    public void Record(IReadOnlyCollection<(string NumeroDp, string InsNir, string DateOuverture)> dossiers, IReadOnlyCollection<DpLine> lines)
    {
        using var transaction = connection.BeginTransaction();
        using var openDossier = Prepared(
            transaction, "INSERT INTO dossier (numero_dp, ins_nir, etat, date_ouverture) VALUES (@p0, @p1, 'O', @p2)", 3);
        foreach (var (number, ins, opened) in dossiers)
            Run(openDossier, number, ins, opened);

        using var addProduct = Prepared(
            transaction, "INSERT INTO produit (cip13, libelle, code_atc, nature) VALUES (@p0, @p1, @p2, @p3) ON CONFLICT DO NOTHING", 4);
        using var addLine = Prepared(transaction, """
            INSERT INTO dispensation (id, numero_dp, date_delivrance, cip13, libelle, code_atc, quantite, nature, officine_finess, refusee,
              date_saisie, ref_systeme, ref_valeur)
            VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12)
            """, 13);
        foreach (var line in lines)
        {
            if (line.Cip13 is not null)
                Run(addProduct, line.Cip13, line.Libelle, line.CodeAtc, line.Nature);
            Run(
                addLine, line.Id, line.NumeroDp, line.DateDelivrance, line.Cip13, line.Libelle, line.CodeAtc, line.Quantite, line.Nature,
                line.OfficineFiness, line.Refusee ? 1 : 0, line.DateSaisie, line.RefSysteme, line.RefValeur);
        }
        Journal(transaction, 'C', [.. lines.Select(line => line.Id)]);
        transaction.Commit();
    }

    /// <summary>Corrects the number of boxes of a line.</summary>
    public void CorrectQuantity(string lineId, int boxes) =>
        Change('M', lineId, "UPDATE dispensation SET quantite = @p1, version = version + 1 WHERE id = @p0", boxes);

    /// <summary>Cancels a line that the pharmacy recorded by mistake.</summary>
    public void Cancel(string lineId) => Change('S', lineId, "UPDATE dispensation SET annulee = 1, version = version + 1 WHERE id = @p0");

    /// <summary>The patient takes a line out of what is shared.</summary>
    public void Refuse(string lineId) => Change('S', lineId, "UPDATE dispensation SET refusee = 1, version = version + 1 WHERE id = @p0");

    /// <summary>The patient closes a dossier: none of its lines is shared any more.</summary>
    public void Close(string numeroDp)
    {
        using var transaction = connection.BeginTransaction();
        using var close = Prepared(transaction, "UPDATE dossier SET etat = 'F' WHERE numero_dp = @p0", 1);
        Run(close, numeroDp);
        var shared = new List<string>();
        using (var list = Prepared(
            transaction, "SELECT id FROM dispensation WHERE numero_dp = @p0 AND refusee = 0 AND annulee = 0 ORDER BY id", 1))
        {
            list.Parameters[0].Value = numeroDp;
            using var reader = list.ExecuteReader();
            while (reader.Read())
                shared.Add(reader.GetString(0));
        }
        Journal(transaction, 'S', shared);
        transaction.Commit();
    }

    /// <summary>Forgets the journal up to a number, as the host does each year.</summary>
    public void PurgeJournal(long upTo)
    {
        using var purge = Prepared(null, "DELETE FROM journal WHERE seq <= @p0", 1);
        Run(purge, upTo);
    }

    public void Dispose() => connection.Dispose();

    private void Change(char action, string lineId, string sql, params object[] values)
    {
        using var transaction = connection.BeginTransaction();
        using var command = Prepared(transaction, sql, values.Length + 1);
        Run(command, [lineId, .. values]);
        Journal(transaction, action, [lineId]);
        transaction.Commit();
    }

    private void Journal(DbTransaction transaction, char action, IReadOnlyCollection<string> lineIds)
    {
        if (lineIds.Count == 0)
            return;
        using var take = Prepared(transaction, "UPDATE compteur SET valeur = valeur + @p0 WHERE nom = 'journal' RETURNING valeur", 1);
        take.Parameters[0].Value = (long)lineIds.Count;
        var seq = (long)take.ExecuteScalar()! - lineIds.Count;
        using var add = Prepared(transaction, "INSERT INTO journal (seq, ligne, action) VALUES (@p0, @p1, @p2)", 3);
        foreach (var lineId in lineIds)
            Run(add, ++seq, lineId, action.ToString());
    }

    private DbCommand Prepared(DbTransaction? transaction, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var index = 0; index < parameters; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"p{index}";
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static void Run(DbCommand command, params object?[] values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
