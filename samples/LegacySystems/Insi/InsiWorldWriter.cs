using DmpFederation.SyntheticFrance.Model;
using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Insi;

/// <summary>Writes the téléservice's register, replacing one that is there; batches keep the journal small whatever the size of the world.</summary>
internal sealed class InsiWorldWriter : IWorldWriter
{
    private const int Batch = 5_000;

    private readonly SqliteConnection connection;
    private readonly SqliteCommand insert;
    private SqliteTransaction transaction;
    private int pending;

    public InsiWorldWriter(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, PersonRegister.FileName);
        foreach (var file in (string[])[path, path + "-journal"])
            File.Delete(file);
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        using (var schema = connection.CreateCommand())
        {
            schema.CommandText = PersonRegister.Schema;
            schema.ExecuteNonQuery();
        }

        transaction = connection.BeginTransaction();
        insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO person VALUES ($matricule, $calculated, $resource)";
        insert.Transaction = transaction;
        foreach (var name in (string[])["$matricule", "$calculated", "$resource"])
            insert.Parameters.Add(name, SqliteType.Text);
    }

    public void Add(SyntheticPatient patient)
    {
        insert.Parameters[0].Value = patient.InsNir;
        insert.Parameters[1].Value = patient.InsC;
        insert.Parameters[2].Value = PersonResources.Patient(patient);
        insert.ExecuteNonQuery();
        if (++pending % Batch != 0)
            return;
        transaction.Commit();
        transaction.Dispose();
        transaction = connection.BeginTransaction();
        insert.Transaction = transaction;
    }

    public void Dispose()
    {
        transaction.Commit();
        transaction.Dispose();
        insert.Dispose();
        connection.Dispose();
    }
}
