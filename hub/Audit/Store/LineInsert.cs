using System.Data;
using System.Data.Common;
using System.Text.Json;
using DmpFederation.Hub.Audit.Chain;
using DmpFederation.Hub.Storage;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The statement that writes one line, below EF's model; the columns are those of the model.</summary>
internal static class LineInsert
{
    /// <summary>Columns before those that are text.</summary>
    private const int Others = 9;

    private static readonly (string Column, DbType Type)[] Columns =
    [
        .. new (string Property, DbType Type)[]
        {
            (nameof(AuditLine.Chain), DbType.String), (nameof(AuditLine.Seq), DbType.Int64), (nameof(AuditLine.At), DbType.Int64),
            (nameof(AuditLine.EntryCount), DbType.Int32), (nameof(AuditLine.EntryIds), DbType.Binary), (nameof(AuditLine.EntryDigest), DbType.Binary),
            (nameof(AuditLine.Confidential), DbType.Boolean), (nameof(AuditLine.Previous), DbType.Binary), (nameof(AuditLine.Hash), DbType.Binary),
        }
            .Concat(LineBytes.Texts.Select(static text => (text.Property, DbType.String)))
            .Select(static column => (JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Item1), column.Item2)),
    ];

    public static string Text { get; } =
        $"INSERT INTO audit_line ({string.Join(", ", Columns.Select(static column => column.Column))}) "
        + $"VALUES ({string.Join(", ", Columns.Select(static column => "@" + column.Column))})";

    /// <summary>Adds the statement's parameters with the values of a line.</summary>
    public static void Fill(DbParameterCollection parameters, Func<DbParameter> create, AuditLine line)
    {
        for (var index = 0; index < Columns.Length; index++)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (Columns[index].Column, Columns[index].Type, Value(line, index) ?? DBNull.Value);
            parameters.Add(parameter);
        }
    }

    /// <summary>Gives the statement of SQLite the values of a line: its parameters are numbered in the order they stand in.</summary>
    public static void Bind(SqliteStatement statement, AuditLine line)
    {
        statement.Bind(1, line.Chain);
        statement.Bind(2, line.Seq);
        statement.Bind(3, line.At);
        statement.Bind(4, line.EntryCount);
        statement.Bind(5, line.EntryIds);
        statement.Bind(6, line.EntryDigest);
        statement.Bind(7, line.Confidential ? 1 : 0);
        statement.Bind(8, line.Previous);
        statement.Bind(9, line.Hash);
        for (var index = 0; index < LineBytes.Texts.Length; index++)
            statement.Bind(Others + index + 1, LineBytes.Texts[index].Read(line));
    }

    private static object? Value(AuditLine line, int column) => column switch
    {
        0 => line.Chain,
        1 => line.Seq,
        2 => line.At,
        3 => line.EntryCount,
        4 => line.EntryIds,
        5 => line.EntryDigest,
        6 => line.Confidential,
        7 => line.Previous,
        8 => line.Hash,
        _ => LineBytes.Texts[column - Others].Read(line),
    };
}
