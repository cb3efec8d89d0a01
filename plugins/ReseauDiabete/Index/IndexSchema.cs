namespace DmpFederation.Plugins.ReseauDiabete.Index;

/// <summary>
/// Tables of the index. <c>place</c> numbers every change in the order the index took them: the change feed is the records after a place, each as it
/// stands now, and a withdrawn record stays as a tombstone so that an older file cannot bring it back.
/// </summary>
internal static class IndexSchema
{
    /// <summary>Raised whenever tables or the meaning of their content change: an index of another version is built anew.</summary>
    public const int Version = 1;

    public const string Create = """
        CREATE TABLE origin (folder TEXT NOT NULL);
        CREATE TABLE delivery (
          id INTEGER PRIMARY KEY, export TEXT NOT NULL, moment INTEGER NOT NULL, previous TEXT,
          digest TEXT NOT NULL, chain TEXT NOT NULL, last_place INTEGER NOT NULL);
        CREATE INDEX delivery_by_export ON delivery (export, id);
        CREATE TABLE record (
          ins_c TEXT NOT NULL, number TEXT NOT NULL, version INTEGER NOT NULL, stands INTEGER NOT NULL, fields TEXT NOT NULL,
          place INTEGER NOT NULL, shown INTEGER NOT NULL, PRIMARY KEY (ins_c, number)) WITHOUT ROWID;
        CREATE INDEX record_by_number ON record (number, version);
        CREATE UNIQUE INDEX record_by_place ON record (place);
        CREATE TABLE patient (
          number TEXT NOT NULL PRIMARY KEY, ins_c TEXT NOT NULL, version INTEGER NOT NULL, stands INTEGER NOT NULL,
          fields TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX patient_by_key ON patient (ins_c);
        CREATE TABLE unreadable (
          place INTEGER PRIMARY KEY, export TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL,
          raw BLOB NOT NULL, ins_c TEXT, number TEXT, version INTEGER);
        CREATE INDEX unreadable_by_key ON unreadable (ins_c);
        CREATE INDEX unreadable_by_number ON unreadable (number);
        """;
}
