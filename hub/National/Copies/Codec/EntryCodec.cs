using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>
/// The envelope of an entry as one value, beside the bytes of its resource, which are kept as they are: what was taken in is given back equal in every
/// property, without looking into the resource. Version 1: a byte of the version; what the source says (a mask of what is there, then each part in a
/// fixed order); how the resource was read. The middle part goes into the content hash, the last one depends on white space and does not.
/// </summary>
internal static class EntryCodec
{
    private const byte Version = 1;

    /// <summary>Writes the envelope. Its middle part, which hashes, is <c>Written[1..]</c> up to where it ends.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="key">The key the source was asked by: what is filed under it need not repeat it.</param>
    /// <param name="blob">Empty.</param>
    /// <returns>Where the middle part ends.</returns>
    public static int Write(DossierEntry entry, PatientKey key, BlobWriter blob)
    {
        var parts = PartsOf(entry, key);
        blob.Byte(Version);
        blob.Number((ulong)parts);
        blob.Byte((byte)entry.Category);
        if (parts.HasFlag(Parts.FiledUnder))
            blob.Key(entry.FiledUnder);
        blob.Text(entry.Title);
        if (parts.HasFlag(Parts.Version))
            blob.Text(entry.Version!);
        if (parts.HasFlag(Parts.Code))
            Write(entry.Code!, blob);
        if (parts.HasFlag(Parts.Codings))
        {
            blob.Number((ulong)entry.Codings.Count);
            foreach (var coding in entry.Codings)
                Write(coding, blob);
        }
        if (parts.HasFlag(Parts.Date))
            blob.Text(entry.Date!.Value.ToString());
        if (parts.HasFlag(Parts.Value))
            ValueCodec.Write(entry.Value!, blob);
        if (parts.HasFlag(Parts.Author))
            Write(entry.Author!, blob);
        if (parts.HasFlag(Parts.Status))
            blob.Text(entry.Status!);
        if (parts.HasFlag(Parts.Confidentiality))
        {
            blob.Number((ulong)entry.Confidentiality.Count);
            foreach (var label in entry.Confidentiality)
                blob.Text(label);
        }
        if (parts.HasFlag(Parts.Identifiers))
        {
            blob.Number((ulong)entry.Identifiers.Count);
            foreach (var identifier in entry.Identifiers)
            {
                blob.Text(identifier.System);
                blob.Text(identifier.Value);
            }
        }
        if (parts.HasFlag(Parts.Recorded))
            blob.Moment(entry.Recorded!.Value);
        if (parts.HasFlag(Parts.Document))
            blob.Text(entry.DocumentLocalId!);
        if (parts.HasFlag(Parts.Encounter))
            blob.Text(entry.EncounterLocalId!);
        if (parts.HasFlag(Parts.Subject))
            blob.Key(entry.Subject!.Value);
        var end = blob.Written.Length;
        blob.Byte(entry.ResourceWasRead ? (byte)1 : (byte)0);
        var (start, length) = EncounterPlaceOf(entry);
        blob.Number((ulong)start);
        blob.Number((ulong)length);
        return end;
    }

    /// <summary>The entry of an envelope and its resource.</summary>
    /// <param name="localId">Its local id.</param>
    /// <param name="key">The key it is kept under.</param>
    /// <param name="envelope">What <see cref="Write(DossierEntry, PatientKey, BlobWriter)"/> wrote.</param>
    /// <param name="resource">The resource as it was taken in; kept.</param>
    /// <exception cref="InvalidDataException">It is no envelope of a version this hub knows.</exception>
    public static DossierEntry Read(string localId, PatientKey key, ReadOnlySpan<byte> envelope, ReadOnlyMemory<byte> resource)
    {
        var blob = new BlobReader(envelope);
        if (blob.Byte() != Version)
            throw BlobReader.Broken();
        var parts = (Parts)blob.Number();
        var category = (EntryCategory)blob.Byte();
        var filedUnder = parts.HasFlag(Parts.FiledUnder) ? blob.Key() : key;
        var title = blob.Term();
        var version = parts.HasFlag(Parts.Version) ? blob.Text() : null;
        var coding = parts.HasFlag(Parts.Code) ? ReadCoding(ref blob) : null;
        var codings = parts.HasFlag(Parts.Codings) ? ReadCodings(ref blob) : coding is null ? [] : coding.Alone;
        FhirDate? date = parts.HasFlag(Parts.Date) ? ReadDate(ref blob) : null;
        var value = parts.HasFlag(Parts.Value) ? ValueCodec.Read(ref blob) : null;
        var author = parts.HasFlag(Parts.Author) ? ReadAuthor(ref blob) : null;
        var status = parts.HasFlag(Parts.Status) ? blob.Term() : null;
        var confidentiality = parts.HasFlag(Parts.Confidentiality) ? ReadLabels(ref blob) : [];
        var identifiers = parts.HasFlag(Parts.Identifiers) ? ReadIdentifiers(ref blob) : [];
        DateTimeOffset? recorded = parts.HasFlag(Parts.Recorded) ? blob.Moment() : null;
        var document = parts.HasFlag(Parts.Document) ? blob.Text() : null;
        var encounter = parts.HasFlag(Parts.Encounter) ? blob.Bytes() : default;
        PatientKey? subject = parts.HasFlag(Parts.Subject) ? blob.Key() : null;
        var wasRead = blob.Byte() != 0;
        var place = PlaceIn(resource, blob.Number(), blob.Number());
        if (!blob.AtEnd)
            throw BlobReader.Broken();
        // Who has the place makes the text when it is asked for, which is seldom.
        var encounterId = place.Length == 0 && parts.HasFlag(Parts.Encounter) ? System.Text.Encoding.UTF8.GetString(encounter) : null;
        return new DossierEntry
        {
            LocalId = localId,
            FiledUnder = filedUnder,
            Category = category,
            Resource = resource,
            Version = version,
            Code = coding?.Coding,
            Codings = codings,
            Date = date,
            Title = title,
            Value = value,
            Author = author,
            Status = status,
            Confidentiality = confidentiality,
            Identifiers = identifiers,
            Recorded = recorded,
            DocumentLocalId = document,
            EncounterLocalId = encounterId,
            Subject = subject,
            ResourceWasRead = wasRead,
            EncounterAt = place,
        };
    }

    public static void Write(Coding coding, BlobWriter blob)
    {
        blob.Maybe(coding.System);
        blob.Maybe(coding.Code);
        blob.Maybe(coding.Display);
    }

    public static PooledCoding ReadCoding(ref BlobReader blob) => TermPool.Get(blob.MaybeTerm(), blob.MaybeTerm(), blob.MaybeTerm());

    private static Parts PartsOf(DossierEntry entry, PatientKey key)
    {
        var parts = Parts.None;
        void Has(bool there, Parts part) => parts |= there ? part : Parts.None;
        Has(entry.FiledUnder != key, Parts.FiledUnder);
        Has(entry.Version is not null, Parts.Version);
        Has(entry.Code is not null, Parts.Code);
        // Most facts have the one coding that is the main code.
        Has(entry.Code is null ? entry.Codings.Count > 0 : entry.Codings.Count != 1 || entry.Codings[0] != entry.Code, Parts.Codings);
        Has(entry.Date is not null, Parts.Date);
        Has(entry.Value is not null, Parts.Value);
        Has(entry.Author is not null, Parts.Author);
        Has(entry.Status is not null, Parts.Status);
        Has(entry.Confidentiality.Count > 0, Parts.Confidentiality);
        Has(entry.Identifiers.Count > 0, Parts.Identifiers);
        Has(entry.Recorded is not null, Parts.Recorded);
        Has(entry.DocumentLocalId is not null, Parts.Document);
        Has(entry.EncounterLocalId is not null, Parts.Encounter);
        Has(entry.Subject is not null, Parts.Subject);
        return parts;
    }

    /// <summary>The place is kept where the text comes from it; a text that was given otherwise is kept as such.</summary>
    private static (int Start, int Length) EncounterPlaceOf(DossierEntry entry)
    {
        var (start, length) = entry.EncounterAt;
        return length > 0 && entry.EncounterLocalId == EncounterReference.LocalIdOf(entry.Resource.Span.Slice(start, length)) ? (start, length) : (0, 0);
    }

    private static (int Start, int Length) PlaceIn(ReadOnlyMemory<byte> resource, ulong start, ulong length) =>
        start <= (ulong)resource.Length && length <= (ulong)resource.Length - start ? ((int)start, (int)length) : throw BlobReader.Broken();

    private static IReadOnlyList<Coding> ReadCodings(ref BlobReader blob)
    {
        var codings = new Coding[blob.Count()];
        for (var index = 0; index < codings.Length; index++)
            codings[index] = ReadCoding(ref blob).Coding;
        return codings;
    }

    private static FhirDate ReadDate(ref BlobReader blob)
    {
        var text = blob.Bytes();
        // The default value prints nothing.
        return text.IsEmpty ? default : FhirDate.TryParse(text, out var date) ? date : throw BlobReader.Broken();
    }

    private static void Write(EntryAuthor author, BlobWriter blob)
    {
        blob.Maybe(author.Id);
        blob.Maybe(author.Name);
        blob.Maybe(author.Role);
        blob.Maybe(author.OrganizationId);
        blob.Maybe(author.OrganizationName);
    }

    private static EntryAuthor ReadAuthor(ref BlobReader blob) =>
        new(blob.MaybeText(), blob.MaybeText(), blob.MaybeTerm(), blob.MaybeText(), blob.MaybeText());

    private static IReadOnlyList<string> ReadLabels(ref BlobReader blob)
    {
        var labels = new string[blob.Count()];
        for (var index = 0; index < labels.Length; index++)
            labels[index] = blob.Term();
        return labels;
    }

    private static IReadOnlyList<BusinessIdentifier> ReadIdentifiers(ref BlobReader blob)
    {
        var identifiers = new BusinessIdentifier[blob.Count()];
        for (var index = 0; index < identifiers.Length; index++)
            identifiers[index] = new BusinessIdentifier(blob.Term(), blob.Text());
        return identifiers;
    }

    /// <summary>What is there. Never renumbered: the numbers are in every database.</summary>
    [Flags]
    private enum Parts
    {
        None = 0,
        FiledUnder = 1,
        Version = 2,
        Code = 4,
        Codings = 8,
        Date = 16,
        Value = 32,
        Author = 64,
        Status = 128,
        Confidentiality = 256,
        Identifiers = 512,
        Recorded = 1_024,
        Document = 2_048,
        Encounter = 4_096,
        Subject = 8_192,
    }
}
