using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DmpFederation.Hub.Audit.Chain;

/// <summary>
/// The canonical bytes of a line, which its seal covers: a version, then every field in a fixed order. Text and bytes carry their length (-1 for
/// null), numbers are 8 bytes big-endian, so that no two lines have the same bytes. The order is part of the format and never changes; a new field
/// is a new version.
/// </summary>
internal static class LineBytes
{
    private const byte Version = 1;

    /// <summary>The fields that are text, in their order, with the name of the property.</summary>
    public static readonly (string Property, Func<AuditLine, string?> Read)[] Texts =
    [
        (nameof(AuditLine.Action), static line => line.Action),
        (nameof(AuditLine.Outcome), static line => line.Outcome),
        (nameof(AuditLine.Code), static line => line.Code),
        (nameof(AuditLine.Rule), static line => line.Rule),
        (nameof(AuditLine.ActorRole), static line => line.ActorRole),
        (nameof(AuditLine.ActorId), static line => line.ActorId),
        (nameof(AuditLine.ActorName), static line => line.ActorName),
        (nameof(AuditLine.Profession), static line => line.Profession),
        (nameof(AuditLine.Specialty), static line => line.Specialty),
        (nameof(AuditLine.OrganizationId), static line => line.OrganizationId),
        (nameof(AuditLine.OrganizationName), static line => line.OrganizationName),
        (nameof(AuditLine.ClientId), static line => line.ClientId),
        (nameof(AuditLine.Authentication), static line => line.Authentication),
        (nameof(AuditLine.StructureCertificate), static line => line.StructureCertificate),
        (nameof(AuditLine.Representative), static line => line.Representative),
        (nameof(AuditLine.Patient), static line => line.Patient),
        (nameof(AuditLine.Purpose), static line => line.Purpose),
        (nameof(AuditLine.Ticket), static line => line.Ticket),
        (nameof(AuditLine.Mode), static line => line.Mode),
        (nameof(AuditLine.Reason), static line => line.Reason),
        (nameof(AuditLine.Sources), static line => line.Sources),
        (nameof(AuditLine.Detail), static line => line.Detail),
        (nameof(AuditLine.CorrelationId), static line => line.CorrelationId),
    ];

    /// <param name="line">The line.</param>
    /// <param name="seq">The place to seal it at.</param>
    /// <param name="bytes">Emptied and filled.</param>
    public static void Write(AuditLine line, long seq, ArrayBufferWriter<byte> bytes)
    {
        bytes.ResetWrittenCount();
        bytes.GetSpan(1)[0] = Version;
        bytes.Advance(1);
        Text(line.Chain, bytes);
        Number(seq, bytes);
        Number(line.At, bytes);
        foreach (var (_, read) in Texts)
            Text(read(line), bytes);
        Number(line.EntryCount, bytes);
        Bytes(line.EntryIds, bytes);
        Bytes(line.EntryDigest, bytes);
        Number(line.Confidential ? 1 : 0, bytes);
        Bytes(line.Previous, bytes);
    }

    private static void Text(string? text, ArrayBufferWriter<byte> bytes)
    {
        if (text is null)
        {
            Length(-1, bytes);
            return;
        }
        Length(Encoding.UTF8.GetByteCount(text), bytes);
        Encoding.UTF8.GetBytes(text, bytes);
    }

    private static void Bytes(byte[]? value, ArrayBufferWriter<byte> bytes)
    {
        Length(value?.Length ?? -1, bytes);
        bytes.Write(value ?? []);
    }

    private static void Length(int length, ArrayBufferWriter<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(4), length);
        bytes.Advance(4);
    }

    private static void Number(long number, ArrayBufferWriter<byte> bytes)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(8), number);
        bytes.Advance(8);
    }
}
