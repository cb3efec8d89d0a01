using System.Data;
using System.Data.Common;
using System.Text.Json;
using DmpFederation.Hub.Audit.Chain;

namespace DmpFederation.Hub.Audit.Store;

/// <summary>The statement that writes one line, below EF's model; the columns are those of the model.</summary>
internal static class LineInsert
{
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

    /// <summary>Adds the statement's parameters, without values.</summary>
    public static void Declare(DbParameterCollection parameters, Func<DbParameter> create)
    {
        foreach (var (column, type) in Columns)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = (column, type, DBNull.Value);
            parameters.Add(parameter);
        }
    }

    /// <summary>Gives declared parameters the values of a line.</summary>
    public static void Fill(DbParameterCollection parameters, AuditLine line)
    {
        parameters[0].Value = line.Chain;
        parameters[1].Value = line.Seq;
        parameters[2].Value = line.At;
        parameters[3].Value = line.EntryCount;
        parameters[4].Value = (object?)line.EntryIds ?? DBNull.Value;
        parameters[5].Value = (object?)line.EntryDigest ?? DBNull.Value;
        parameters[6].Value = line.Confidential;
        parameters[7].Value = line.Previous;
        parameters[8].Value = line.Hash;
        for (var index = 0; index < LineBytes.Texts.Length; index++)
            parameters[9 + index].Value = (object?)LineBytes.Texts[index].Read(line) ?? DBNull.Value;
    }
}
