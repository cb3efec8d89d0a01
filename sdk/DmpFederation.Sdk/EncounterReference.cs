using System.Text;

namespace DmpFederation.Sdk;

/// <summary>The local id in a reference to an encounter: the last <c>Encounter/id</c> of it, whatever server and version it names.</summary>
internal static class EncounterReference
{
    /// <summary>Null when the reference is none to an encounter of the source: contained, by search, by UUID, or of another type.</summary>
    internal static string? LocalIdOf(ReadOnlySpan<byte> reference)
    {
        var type = "Encounter/"u8;
        var at = reference.LastIndexOf(type);
        if (at < 0 || (at > 0 && reference[at - 1] != '/'))
            return null;
        var id = reference[(at + type.Length)..];
        var end = id.IndexOfAny("/?#"u8);
        return end == 0 || id.IsEmpty ? null : Encoding.UTF8.GetString(reference.Slice(at, type.Length + (end < 0 ? id.Length : end)));
    }
}
