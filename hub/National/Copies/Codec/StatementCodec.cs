using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Codec;

/// <summary>
/// What a source says of a patient beside the facts, as one value: the statements of identity, the gaps, what nobody could read with its bytes, and
/// the state of the source it shows. Version 1; nothing at all is no bytes.
/// </summary>
internal static class StatementCodec
{
    private const byte Version = 1;

    public static byte[] Write(PatientCopy copy)
    {
        if (copy.Found.Count == 0 && copy.Gaps.Count == 0 && copy.Unreadable.Count == 0 && copy.AsOf is null)
            return [];
        var blob = new BlobWriter();
        blob.Byte(Version);
        blob.Byte(copy.AsOf is null ? (byte)0 : (byte)1);
        if (copy.AsOf is { } moment)
            blob.Moment(moment);
        blob.Number((ulong)copy.Gaps.Count);
        foreach (var gap in copy.Gaps)
            blob.Text(gap);
        blob.Number((ulong)copy.Found.Count);
        foreach (var found in copy.Found)
        {
            blob.Key(found.Patient);
            blob.Maybe(found.DocumentLocalId);
            Write(found.Traits, blob);
        }
        blob.Number((ulong)copy.Unreadable.Count);
        foreach (var item in copy.Unreadable)
            Write(item, blob);
        return blob.Written.ToArray();
    }

    /// <summary>Gives the statements of a copy; its facts are added by the caller.</summary>
    /// <param name="copy">Key and state of the copy.</param>
    /// <param name="statements">What <see cref="Write(PatientCopy)"/> wrote.</param>
    /// <exception cref="InvalidDataException">It is of no version this hub knows.</exception>
    public static PatientCopy Read(PatientCopy copy, ReadOnlySpan<byte> statements)
    {
        if (statements.IsEmpty)
            return copy;
        var blob = new BlobReader(statements);
        if (blob.Byte() != Version)
            throw BlobReader.Broken();
        DateTimeOffset? asOf = blob.Byte() == 0 ? null : blob.Moment();
        var gaps = new string[blob.Count()];
        for (var index = 0; index < gaps.Length; index++)
            gaps[index] = blob.Term();
        var found = new PatientFound[blob.Count()];
        for (var index = 0; index < found.Length; index++)
        {
            var key = blob.Key();
            var document = blob.MaybeText();
            found[index] = new PatientFound(key, ReadTraits(ref blob), document);
        }
        var unreadable = new Unreadable[blob.Count()];
        for (var index = 0; index < unreadable.Length; index++)
            unreadable[index] = ReadUnreadable(ref blob);
        if (!blob.AtEnd)
            throw BlobReader.Broken();
        return copy with { AsOf = asOf, Gaps = gaps, Found = found, Unreadable = unreadable };
    }

    private static void Write(PatientTraits traits, BlobWriter blob)
    {
        blob.Maybe(traits.BirthName);
        blob.Maybe(traits.UsedName);
        blob.Number((ulong)traits.GivenNames.Count);
        foreach (var name in traits.GivenNames)
            blob.Text(name);
        blob.Maybe(traits.BirthDate?.ToString());
        blob.Byte((byte)traits.Sex);
        blob.Maybe(traits.BirthPlaceCode);
        blob.Number((ulong)traits.Keys.Count);
        foreach (var key in traits.Keys)
            blob.Key(key);
        blob.Byte((byte)traits.Status);
    }

    private static PatientTraits ReadTraits(ref BlobReader blob)
    {
        var birthName = blob.MaybeText();
        var usedName = blob.MaybeText();
        var givenNames = new string[blob.Count()];
        for (var index = 0; index < givenNames.Length; index++)
            givenNames[index] = blob.Text();
        var birthDate = blob.MaybeText();
        var sex = (TraitSex)blob.Byte();
        var place = blob.MaybeText();
        var keys = new PatientKey[blob.Count()];
        for (var index = 0; index < keys.Length; index++)
            keys[index] = blob.Key();
        return new PatientTraits
        {
            BirthName = birthName,
            UsedName = usedName,
            GivenNames = givenNames,
            BirthDate = birthDate switch
            {
                null => null,
                "" => default(FhirDate),
                _ => FhirDate.TryParse(birthDate, out var date) ? date : throw BlobReader.Broken(),
            },
            Sex = sex,
            BirthPlaceCode = place,
            Keys = keys,
            Status = (IdentityStatus)blob.Byte(),
        };
    }

    private static void Write(Unreadable item, BlobWriter blob)
    {
        blob.Text(item.Code);
        blob.Text(item.Reason);
        blob.Maybe(item.Position);
        blob.Maybe(item.LocalId);
        blob.Byte(item.Patient is null ? (byte)0 : (byte)1);
        if (item.Patient is { } key)
            blob.Key(key);
        blob.Bytes(item.Raw.Span);
    }

    private static Unreadable ReadUnreadable(ref BlobReader blob)
    {
        var code = blob.Term();
        var reason = blob.Term();
        var position = blob.MaybeText();
        var localId = blob.MaybeText();
        PatientKey? patient = blob.Byte() == 0 ? null : blob.Key();
        return new Unreadable
        {
            Code = code,
            Reason = reason,
            Position = position,
            LocalId = localId,
            Patient = patient,
            Raw = blob.Bytes().ToArray(),
        };
    }
}
