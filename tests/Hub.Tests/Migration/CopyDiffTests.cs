using System.Text;
using CsCheck;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Verifying;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using DmpFederation.TestKit.Migration;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Migration;

/// <summary>Equal copies show no difference, in whatever order; one thing changed is always found, and named.</summary>
public sealed class CopyDiffTests
{
    private static readonly PatientKey Patient = APatient.Known().Ins.Key;

    private static readonly Gen<DossierEntry> AnyFact = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[0, 3], Gen.Int[1, 28], Gen.String[Gen.Char.AlphaNumeric, 0, 12], Gen.Bool,
        static (number, kind, day, title, masked) => (kind switch
        {
            0 => AnEntry.HbA1c(number % 100),
            1 => AnEntry.Dispensation(),
            2 => AnEntry.Problem("E11", $"2009-03-{day:D2}"),
            _ => AnEntry.Paper($"urn:oid:1.2.3.{number}"),
        } with
        {
            LocalId = $"f{number}",
            Date = $"2009-02-{day:D2}",
            Title = title.Length > 0 ? title : null,
            Confidentiality = masked ? ["MASQUE_PS"] : [],
            Version = $"v{number % 3}",
        }).Build());

    private static readonly Gen<PatientCopy> AnyCopy = Gen.Select(AnyFact.List[1, 12], Gen.Int[0, 2], Gen.Bool, Copy);

    /// <summary>Planted damages, and the field each must be found as.</summary>
    private static readonly Dictionary<string, Func<DossierEntry, DossierEntry>> Damages = new()
    {
        [DiffFields.Date] = static fact => fact.With(date: FhirDate.Parse("2009-01-31")),
        [DiffFields.Confidentiality] = static fact => fact.With(labels: fact.Confidentiality.Count > 0 ? [] : ["MASQUE_PS"]),
        [DiffFields.Title] = static fact => fact.With(title: fact.Title + "."),
        [DiffFields.Version] = static fact => fact.With(version: fact.Version + "1"),
        [DiffFields.Status] = static fact => fact.With(status: "entered-in-error"),
        [DiffFields.Author] = static fact => fact.With(author: new EntryAuthor(null, "Dr Essai")),
        [DiffFields.Document] = static fact => fact.With(document: "another"),
        [DiffFields.Resource] = static fact => fact.With(resource: Altered.OneByte(fact.Resource)),
    };

    public static TheoryData<string> Fields => [.. Damages.Keys];

    [Fact]
    public void Equal_copies_show_no_difference_in_whatever_order() => Gen.Select(AnyCopy, Gen.Int[1, 100]).Sample((copy, turn) =>
    {
        var turned = copy with
        {
            Entries = [.. copy.Entries.Select((fact, at) => copy.Entries[(at + turn) % copy.Entries.Count].With())],
            Unreadable = [.. copy.Unreadable.Reverse()],
        };
        return CopyDiff.Between(copy, copy).Count == 0 && CopyDiff.Between(copy, turned).Count == 0;
    });

    [Theory]
    [MemberData(nameof(Fields))]
    public void One_field_of_one_fact_changed_is_always_found(string field) => Gen.Select(AnyCopy, Gen.Int[0, 100]).Sample((copy, at) =>
    {
        var hurt = copy.Entries[at % copy.Entries.Count];
        var damaged = copy with { Entries = [.. copy.Entries.Select(fact => fact == hurt ? Damages[field](fact) : fact)] };
        return CopyDiff.Between(copy, damaged).Any(found => found.LocalId == hurt.LocalId && DiffFields.Covers(field, found.Field));
    });

    [Fact]
    public void A_fact_lost_or_one_whose_withdrawal_was_missed_is_always_found() => Gen.Select(AnyCopy, Gen.Int[0, 100]).Sample((copy, at) =>
    {
        var gone = copy.Entries[at % copy.Entries.Count];
        var without = copy with { Entries = [.. copy.Entries.Where(fact => fact != gone)], Contents = copy.Contents };
        return CopyDiff.Between(copy, without).Contains(new CopyDifference(gone.LocalId, DiffFields.Missing))
            && CopyDiff.Between(without, copy).Contains(new CopyDifference(gone.LocalId, DiffFields.Surplus));
    });

    [Fact]
    public void What_is_said_of_the_patient_is_compared_too() => AnyCopy.Sample(static copy =>
        IsFound(copy, copy with { Found = [] }, DiffFields.Identity)
        && IsFound(copy, copy with { Gaps = [.. copy.Gaps, "MORE"] }, $"{DiffFields.Gap}:MORE")
        && IsFound(copy, copy with { IsUnknown = true }, DiffFields.Unknown)
        && IsFound(copy, copy with { Unreadable = [.. copy.Unreadable, new Unreadable { Code = "X", Reason = "x" }] }, DiffFields.Unreadable)
        && IsFound(copy, null, DiffFields.Missing));

    [Fact]
    public void One_byte_of_a_documents_content_is_found() => AnyCopy.Where(static copy => copy.Contents.Count > 0).Sample(static copy =>
    {
        var (localId, content) = copy.Contents.First();
        var damaged = new Dictionary<string, ContentCopy>(copy.Contents) { [localId] = content with { Bytes = Altered.OneByte(content.Bytes) } };
        return CopyDiff.Between(copy, copy with { Contents = damaged }).SequenceEqual([new CopyDifference(localId, DiffFields.Content)]);
    });

    private static bool IsFound(PatientCopy legacy, PatientCopy? damaged, string field) =>
        CopyDiff.Between(legacy, damaged).Contains(new CopyDifference(null, field));

    private static PatientCopy Copy(List<DossierEntry> facts, int items, bool gap) => new()
    {
        Key = Patient,
        Entries = [.. facts.DistinctBy(static fact => fact.LocalId)],
        Found = [new PatientFound(Patient, APatient.Known().Traits)],
        Unreadable =
        [
            .. Enumerable.Range(0, items)
                .Select(static at => new Unreadable { Code = "CDA_NOT_XML", Reason = "Not XML.", Position = $"p{at}", Raw = "<"u8.ToArray() }),
        ],
        Gaps = gap ? ["PAGE_FAILED"] : [],
        Contents = facts.Where(static fact => fact.Category == EntryCategory.Document).DistinctBy(static fact => fact.LocalId)
            .ToDictionary(static fact => fact.LocalId, static fact => new ContentCopy("text/plain", Encoding.UTF8.GetBytes(fact.LocalId))),
    };
}
