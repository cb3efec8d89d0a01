using System.Security.Cryptography;
using DmpFederation.Plugins.CiSisCda.Cda;
using DmpFederation.Plugins.CiSisCda.Extraction;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CdaRepository.Repository;

/// <summary>One file to everything the hub should know of it: the document, its facts, or why it cannot be read.</summary>
internal static class DocumentReader
{
    /// <summary>A file of the store: filed under the key that was asked, described by the index.</summary>
    internal static IEnumerable<ReadItem> Read(PatientKey asked, IndexedDocument line, ReadOnlyMemory<byte> file)
    {
        if (!IsXml(line.MimeType, file.Span))
        {
            var plain = new DocumentContext(asked, line.UniqueId, null, line.Confidentiality, line.Version);
            var content = new ReadableContent(line.MimeType ?? "application/octet-stream", file);
            yield return new DocumentEntry(plain, line, null, content, file.Length).Make();
            yield break;
        }
        if (!CdaReader.TryRead(file, out var root, out var problem))
        {
            yield return Described(asked, line);
            yield return new Unreadable
            {
                Code = problem.Code,
                Reason = problem.Reason,
                Position = problem.Position is null ? line.Path : $"{line.Path}, {problem.Position}",
                Raw = file,
                Patient = asked,
                LocalId = line.UniqueId,
            };
            yield break;
        }
        var document = new CdaDocument(root);
        // The index files by key alone: each document says itself whom it is about.
        if (CdaTraits.Of(document) is { } traits)
            yield return new PatientFound(asked, traits, line.UniqueId);
        var context = new DocumentContext(asked, line.UniqueId, document.SubjectUnder(asked), line.Confidentiality, line.Version ?? document.Version);
        yield return new DocumentEntry(context, line, document, ReadableContent.Of(document, file), file.Length).Make();
        // What a replaced version said is said, corrected, by the version that replaced it.
        if (line.Availability == Availability.Deprecated)
            yield break;
        foreach (var entry in EntryMaker.Make(FactExtractor.Read(document), context))
            yield return entry;
    }

    /// <summary>A document whose content could not be had: what the index says of it.</summary>
    internal static DossierEntry Described(PatientKey asked, IndexedDocument line) =>
        new DocumentEntry(new DocumentContext(asked, line.UniqueId, null, line.Confidentiality, line.Version), line, null, null, null).Make();

    /// <summary>A file by itself: filed under the first national identifier it bears, valid or not, else under its first identifier.</summary>
    internal static IEnumerable<ReadItem> Preview(ReadOnlyMemory<byte> file) => Alone(file, null, null, null);

    /// <summary>A file the store gave and nobody could read: filed under the patient and id it had there. The index is not asked.</summary>
    internal static IEnumerable<ReadItem> Replay(Unreadable item) => Alone(item.Raw, item.Patient, item.LocalId, item.Position);

    private static IEnumerable<ReadItem> Alone(ReadOnlyMemory<byte> file, PatientKey? asked, string? uniqueId, string? path)
    {
        if (!CdaReader.TryRead(file, out var root, out var problem))
        {
            yield return new Unreadable
            {
                Code = problem.Code,
                Reason = problem.Reason,
                Position = problem.Position ?? path,
                Raw = file,
                Patient = asked,
                LocalId = uniqueId,
            };
            yield break;
        }
        var document = new CdaDocument(root);
        var filed = asked ?? document.FiledUnder;
        var localId = uniqueId ?? document.Id?.Text ?? $"sha1:{Convert.ToHexStringLower(SHA1.HashData(file.Span))}";
        var subject = asked is { } patient ? document.SubjectUnder(patient) : document.PatientKeys.Count > 0 ? filed : (PatientKey?)null;
        var context = new DocumentContext(filed, localId, subject, document.Confidentiality.Codings, document.Version);
        yield return new DocumentEntry(context, null, document, ReadableContent.Of(document, file), file.Length).Make();
        foreach (var entry in EntryMaker.Make(FactExtractor.Read(document), context))
            yield return entry;
    }

    private static bool IsXml(string? mimeType, ReadOnlySpan<byte> file) =>
        mimeType is null ? !file.StartsWith("%PDF"u8) : mimeType.Contains("xml", StringComparison.OrdinalIgnoreCase);
}
