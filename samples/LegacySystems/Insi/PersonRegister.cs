using Microsoft.Data.Sqlite;

namespace DmpFederation.LegacySystems.Insi;

/// <summary>The téléservice's persons: one SQLite file, read only, opened per question so that it may be written anew while the service runs.</summary>
internal sealed class PersonRegister(string folder)
{
    public const string FileName = "insi.sqlite";

    public const string Schema =
        "CREATE TABLE person (matricule TEXT NOT NULL PRIMARY KEY, calculated TEXT NOT NULL, resource TEXT NOT NULL) WITHOUT ROWID;"
        + "CREATE INDEX person_calculated ON person (calculated);";

    private readonly string connectionString =
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), Mode = SqliteOpenMode.ReadOnly }.ConnectionString;

    public long Count()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM person";
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Patient resources of a national identifier; none when the system is not one the téléservice answers for.</summary>
    public IReadOnlyList<string> Find(string system, string value)
    {
        var column = system switch
        {
            PersonResources.MatriculeSystem => "matricule",
            PersonResources.CalculatedSystem => "calculated",
            _ => null,
        };
        if (column is null)
            return [];

        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT resource FROM person WHERE {column} = $value ORDER BY matricule";
        command.Parameters.AddWithValue("$value", value);
        using var reader = command.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
            found.Add(reader.GetString(0));
        return found;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
