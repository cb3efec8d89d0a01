using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Federation;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;
using static DmpFederation.Hub.Tests.Federation.Masking.MaskedWorld;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>
/// Masquage du masquage: for each kind of mask, each reader and each shape of query, the answer is to the byte that of a world in which the masked
/// entry, its copies and what was extracted from it do not exist, and nobody masks anything.
/// </summary>
public sealed class LeakTests
{
    private static readonly string[] ByPatient =
    [
        "entry f1", "entry g1", "entry h1", "entry d1", "entry x1", "type", "type with system", "author", "author by RPPS",
        "stay", "copied stay", "source",
    ];

    private static readonly string[] ByLabel = ["label on d1", "label on x1", "label on f1", "label on h1"];

    private static readonly string[] Readers = ["doctor", "pharmacist", "attending", "author", "patient", "representative", "break-glass"];

    private static readonly DossierScope[] Scopes =
    [
        DossierScope.All,
        new(false, [], []),
        new(true, [EntryCategory.LabResult], []),
        new(true, [EntryCategory.Document], []),
        new(true, [EntryCategory.Condition, EntryCategory.Allergy], []),
        new(true, [], ["b-fhir"]),
        new(true, [], ["c-labo"]),
        new(true, [EntryCategory.LabResult], ["b-fhir", "c-labo"]),
        new(true, [], [], FhirDate.Parse("2009-03-12")),
        new(true, [], [], null, FhirDate.Parse("2008-12-31")),
        new(true, [EntryCategory.LabResult], [], FhirDate.Parse("2009-03-13"), FhirDate.Parse("2009-12-31")),
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var mask in ByPatient.Concat(ByLabel))
        {
            foreach (var visibility in Enum.GetNames<Visibility>())
            {
                foreach (var reader in Readers)
                    cases.Add(mask, visibility, reader);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_hidden_is_as_if_it_did_not_exist(string mask, string visibility, string reader)
    {
        var of = Enum.Parse<Visibility>(visibility);
        var masked = World(mask, of, reader, []);
        if (Hidden(of, reader, mask) is { Count: > 0 } hidden)
        {
            var absent = World(null, of, reader, hidden);
            foreach (var scope in Scopes)
                (await AskAsync(masked, reader, scope)).Should().Be(await AskAsync(absent, reader, scope), "{0}", scope);
        }
        else
        {
            var open = World(null, of, reader, []);
            foreach (var scope in mask.StartsWith("label", StringComparison.Ordinal) ? [] : Scopes)
                (await AskAsync(masked, reader, scope)).Should().Be(await AskAsync(open, reader, scope), "{0}", scope);
            if (reader != "pharmacist")
                (await AskAsync(masked, reader, DossierScope.All)).Should().ContainAll(Reached(mask).Select(static local => $"\"{local}\""));
        }
    }

    /// <summary>The letter whose page was unreadable and whose name differs is named in no other place either.</summary>
    [Fact]
    public async Task Without_a_mask_the_letter_shows_in_every_place_the_test_looks_at()
    {
        var open = await AskAsync(World(null, Visibility.MasquePs, "doctor", []), "doctor", DossierScope.All);

        open.Should().Contain("UNREADABLE").And.Contain("Observation/g2/_history/2").And.Contain("status: ");
        open.Should().Contain("a-region  ", "the tolerated difference of names is told");
    }

    private static async Task<string> AskAsync(MaskedWorld world, string reader, DossierScope scope)
    {
        var actor = Reader(reader);
        var request = new GetDossiers(
            actor, actor.Role == ActorRole.Patient ? [Patient.Ins] : [APatient.Number(2).Ins, Patient.Ins], null, scope)
        {
            Ticket = reader == "break-glass" ? "ticket-1" : null,
        };
        return AnswerText.Of(await world.Build().SendAsync(request));
    }

    private static MaskedWorld World(string? mask, Visibility visibility, string reader, HashSet<string> without)
    {
        var clock = new TestClock().GetUtcNow();
        var label = mask?.Split("label on ") is [_, var labelled] ? LocalId(labelled) : null;
        return new MaskedWorld
        {
            Without = without,
            Masks = mask is null || label is not null ? [] : [APolicy.Masked(Target(mask), visibility)],
            Labels = label is null ? new Dictionary<string, string>() : new() { [label] = VisibilityCodes.Of(visibility) },
            Attending = reader == "attending" ? Reader(reader).Id : null,
            Tickets = reader == "break-glass"
                ? [APolicy.Ticket(Reader(reader)) with { Since = clock.AddMinutes(-1), Until = clock.AddHours(1) }]
                : [],
        };
    }

    private static string LocalId(string ending) =>
        All.Select(static held => held.Entry.LocalId).First(id => id.EndsWith(ending, StringComparison.Ordinal));

    private static MaskTarget Target(string mask) => mask.Split(' ') switch
    {
        ["entry", var local] => new(MaskTargetKind.Entry, IdOf(LocalId(local))),
        ["type"] => new(MaskTargetKind.DocumentType, "34112-3"),
        ["type", ..] => new(MaskTargetKind.DocumentType, "http://loinc.org|34112-3"),
        ["author"] => new(MaskTargetKind.Author, Author),
        ["author", ..] => new(MaskTargetKind.Author, Author[1..]),
        ["stay"] => new(MaskTargetKind.Episode, IdOf("Encounter/s1")),
        ["copied", ..] => new(MaskTargetKind.Episode, IdOf("Encounter/s2")),
        _ => new(MaskTargetKind.Source, "c-labo"),
    };

    /// <summary>What the mask means, said by hand.</summary>
    private static IEnumerable<string> Reached(string mask) => mask switch
    {
        "entry f1" or "entry g1" or "entry h1" or "label on f1" or "label on h1" => Result,
        "stay" or "copied stay" => Stay.Concat(Letter),
        "source" => Result.Append("Observation/v3"),
        _ => Letter,
    };

    /// <summary>What this reader must not see.</summary>
    private static HashSet<string> Hidden(Visibility visibility, string reader, string mask) => (visibility, reader) switch
    {
        (Visibility.MasquePs, "doctor" or "pharmacist" or "break-glass") => [.. Reached(mask)],
        (Visibility.MasquePs, "author") => HiddenFromAuthor(mask),
        (Visibility.InvisiblePatient, "patient" or "representative") => [.. Reached(mask)],
        (Visibility.InvisibleRepresentantsLegaux, "representative") => [.. Reached(mask)],
        _ => [],
    };

    /// <summary>The author keeps sight of the letter and of what came out of it, not of copies that bear another author or none.</summary>
    private static HashSet<string> HiddenFromAuthor(string mask) => mask switch
    {
        "entry g1" or "entry h1" or "label on h1" => [.. Result],
        "stay" or "copied stay" => [.. Stay],
        "source" => [.. Result, "Observation/v3"],
        _ => [],
    };

    private static Actor Reader(string reader) => reader switch
    {
        "pharmacist" => AnActor.Doctor() with { Id = "899700218897", Profession = "21", Specialty = null },
        "author" => AnActor.Doctor() with { Id = Author },
        "attending" => AnActor.Doctor() with { Id = "899700218898" },
        "patient" => AnActor.Patient(Patient.Ins),
        "representative" => AnActor.Patient(Patient.Ins) with { Representative = "mother-1" },
        _ => AnActor.Doctor(),
    };
}
