using System.ComponentModel.DataAnnotations;

namespace DmpFederation.Hub.Storage;

/// <summary>Where the hub's stores are kept, section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>
    /// A Npgsql connection string: every store is kept in that PostgreSQL database, which several nodes may share. Default null: one SQLite file a
    /// store, in the connectors' state folder.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Longest wait for another process that writes. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
