using CsCheck;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Tests.National.Copies;

/// <summary>Copies with everything a connector may say, likely or not.</summary>
internal static class OddEntries
{
    private static readonly Gen<string> Word = Gen.OneOf(
        One("", "N", "R", "%", "mmol/l", "http://loinc.org", "urn:oid:1.2.250.1.213.2.12", "Ménière", "a\0b", "\uFEFF", "\n\t\"\\", "👩‍⚕️", "٣"),
        Gen.String[Gen.Char['\u0001', '\uD7FF'], 0, 24]);

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Const((string?)null), Word.Select(static word => (string?)word));

    private static readonly Gen<PatientKey> Key = Gen.OneOf(
        Gen.Const(ACopy.Key(1)), Gen.Select(Word, Word, static (system, value) => new PatientKey(system, value)));

    private static readonly Gen<FhirDate?> Date = One<FhirDate?>(
        null, default(FhirDate), FhirDate.Parse("1998"), FhirDate.Parse("2009-03"), FhirDate.Parse("2009-03-12"),
        FhirDate.Parse("2009-03-12T08:15:00+01:00"), FhirDate.Parse("2009-03-12T23:59:59.999Z"), FhirDate.Parse("2009-03-12T08:15:00.5-03:30"));

    private static readonly Gen<DateTimeOffset?> Moment = Gen.OneOf(
        Gen.Const((DateTimeOffset?)null), Gen.Const((DateTimeOffset?)DateTimeOffset.MinValue), Gen.Const((DateTimeOffset?)DateTimeOffset.MaxValue),
        Gen.Select(Gen.Long[TimeSpan.TicksPerDay, 3_000_000 * TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60], static (ticks, minutes) =>
            (DateTimeOffset?)new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes))));

    private static readonly Gen<decimal?> Number = Gen.OneOf(
        One<decimal?>(null, 0m, 7.20m, 7.2m, -0.0m, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m),
        Gen.Decimal.Select(static number => (decimal?)number));

    private static readonly Gen<Coding> Coded = Gen.Select(Maybe, Maybe, Maybe, static (system, code, display) => new Coding(system, code, display));

    private static readonly Gen<EntryValue?> Value = Gen.OneOf(
        Gen.Const((EntryValue?)null),
        Gen.Select(Number, Number, Number, Gen.OneOf(Gen.Const((Coding?)null), Coded.Select(static one => (Coding?)one)), Maybe.Array[5],
            static (number, low, high, coding, texts) => (EntryValue?)new EntryValue
            {
                Number = number,
                ReferenceLow = low,
                ReferenceHigh = high,
                Coding = coding,
                Text = texts[0],
                Comparator = texts[1],
                Unit = texts[2],
                UnitCode = texts[3],
                Interpretation = texts[4],
            }));

    private static readonly Gen<EntryAuthor?> Author = Gen.OneOf(
        Gen.Const((EntryAuthor?)null), Maybe.Array[5].Select(static texts => (EntryAuthor?)new EntryAuthor(texts[0], texts[1], texts[2], texts[3], texts[4])));

    private static readonly Gen<byte[]> Resource = Gen.OneOf(
        Gen.Byte.Array[0, 60],
        Word.Select(static word => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new { resourceType = "Observation", id = word, when = word })));

    private static readonly Gen<PatientFound> Found = Gen.Select(Key, Maybe.Array[4], Word.Array[0, 3], Date, Key.Array[0, 3], Gen.Int[0, 2], Gen.Int[0, 3],
        static (key, texts, given, born, keys, sex, status) => new PatientFound(
            key,
            new PatientTraits
            {
                BirthName = texts[0],
                UsedName = texts[1],
                GivenNames = given,
                BirthDate = born,
                Sex = (TraitSex)sex,
                BirthPlaceCode = texts[2],
                Keys = keys,
                Status = (IdentityStatus)status,
            },
            texts[3]));

    private static readonly Gen<Unreadable> Unread = Gen.Select(Word, Word, Maybe, Maybe, Key, Gen.Bool, Gen.Byte.Array[0, 40],
        static (code, reason, position, localId, key, known, raw) => new Unreadable
        {
            Code = code,
            Reason = reason,
            Position = position,
            LocalId = localId,
            Patient = known ? key : null,
            Raw = raw,
        });

    private static readonly Gen<DossierEntry> Entry =
        from keys in Key.Array[2]
        from words in Word.Array[2]
        from texts in Maybe.Array[4]
        from resource in Resource
        from category in Gen.Enum<EntryCategory>()
        from codings in Coded.Array[0, 3]
        from date in Date
        from value in Value
        from author in Author
        from labels in Word.Array[0, 3]
        from identifiers in Gen.Select(Word, Word, static (system, id) => new BusinessIdentifier(system, id)).Array[0, 3]
        from recorded in Moment
        from flags in Gen.Bool.Array[3]
        select new DossierEntry
        {
            LocalId = words[0],
            FiledUnder = keys[0],
            Category = category,
            Resource = resource,
            Version = texts[0],
            // The main code is most often the first coding, and need not be.
            Code = codings.Length == 0 ? null : flags[0] ? codings[0] : codings[^1],
            Codings = flags[1] ? codings : [],
            Date = date,
            Title = words[1],
            Value = value,
            Author = author,
            Status = texts[1],
            Confidentiality = labels,
            Identifiers = identifiers,
            Recorded = recorded,
            DocumentLocalId = texts[2],
            EncounterLocalId = texts[3],
            Subject = flags[2] ? keys[1] : null,
        };

    /// <summary>What a source may say of one patient.</summary>
    public static readonly Gen<PatientCopy> Copy = Gen.Select(
        Entry.Array[0, 6], Found.Array[0, 3], Unread.Array[0, 3], Word.Array[0, 3], Moment, Gen.Bool,
        static (entries, found, unread, gaps, asOf, unknown) => new PatientCopy
        {
            Key = ACopy.Key(1),
            IsUnknown = unknown,
            Entries = [.. entries.DistinctBy(static entry => entry.LocalId).OrderBy(static entry => entry.LocalId, StringComparer.Ordinal)],
            Found = found,
            Unreadable = unread,
            Gaps = gaps,
            AsOf = asOf,
        });

    private static Gen<T> One<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(at => values[at]);
}
