using System.ComponentModel;
using System.Globalization;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Diverging;
using DmpFederation.Hub.Migration.Slices;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>MigrationLoad</c>.</summary>
[Name("MigrationLoad")]
[Description("Limits of the load a migration puts on its legacy.")]
internal sealed class MigrationLoadView(LegacyLoad load)
{
    [Description("Patients read a second, at most; null for no such limit.")]
    public double? PatientsPerSecond => load.PatientsPerSecond;

    [Description("Patients read at the same time.")]
    public int Concurrency => load.Concurrency;

    [Description("It slows down while the legacy answers slower than this many milliseconds; null for no such limit.")]
    public int? LatencyLimitMs => load.LatencyLimit is { } limit ? (int)limit.TotalMilliseconds : null;

    [Description("Hours of the day in Paris in which it rests; null for none.")]
    public string? Rest => load.Rest is var (from, to) ? string.Create(CultureInfo.InvariantCulture, $"{from:HH:mm}-{to:HH:mm}") : null;
}

/// <summary>GraphQL type <c>MigrationStep</c>.</summary>
[Name("MigrationStep")]
[Description("One step of one slice.")]
internal sealed class MigrationStepView(SliceStep step)
{
    [Id]
    [Description("The slice.")]
    public string Slice => step.Slice.ToString();

    [Description("State before.")]
    public MigrationState From => step.From;

    [Description("State after.")]
    public MigrationState To => step.To;

    [Description("When.")]
    public DateTimeOffset At => step.At;

    [Id]
    [Description("Who ordered it; `hub` when the hub did it by itself.")]
    public string By => step.Note.By;

    [Description("Why, as they said; null when they did not. Numbers that could identify a person are hidden.")]
    public string? Reason => step.Note.Reason is { } reason ? ProblemMap.WithoutNumbers(reason) : null;

    [Description("What it rests on, as codes and figures; null for a step that needs none.")]
    public string? Evidence => step.Note.Evidence;
}

/// <summary>GraphQL type <c>MigrationCounts</c>.</summary>
[Name("MigrationCounts")]
[Description("What the national store holds of a slice.")]
internal sealed class MigrationCountsView(SliceCounts counts)
{
    [Description("Patients.")]
    public long Patients => counts.Patients;

    [Description("Facts in force.")]
    public long Facts => counts.Facts;

    [Description("Facts the legacy has withdrawn.")]
    public long Tombstones => counts.Tombstones;

    [Description("Documents with their content.")]
    public long Documents => counts.Documents;

    [Description("Facts that are no valid FHIR R4, kept with their bytes and reason.")]
    public long Refused => counts.Refused;

    [Description("Versions of all facts.")]
    public long Versions => counts.Versions;
}

/// <summary>GraphQL type <c>MigrationDifference</c>.</summary>
[Name("MigrationDifference")]
[Description("A difference between a legacy and its copy. Names no patient.")]
internal sealed class MigrationDifferenceView(FieldDifference difference)
{
    [Description("Local id of the fact; null when it is about a patient's whole record. Numbers that could identify a person are hidden.")]
    public string? LocalId => difference.LocalId is { } id ? ProblemMap.WithoutNumbers(id) : null;

    [Description("What differs: `missing`, `surplus`, `resource:/path`, `date`, `confidentiality`, …")]
    public string Field => difference.Field;

    [Id]
    [Description("The declared equivalence that explains it; null when none does.")]
    public string? Explained => difference.Explained;

    [Description("Hash of the patient's key, the same for all differences of one patient.")]
    public string PatientDigest => difference.PatientDigest;

    [Description("When it was seen.")]
    public DateTimeOffset SeenAt => difference.SeenAt;

    [Description("Whether a shadow read met it; else a verification did.")]
    public bool InShadow => difference.InShadow;
}

/// <summary>GraphQL type <c>Equivalence</c>.</summary>
[Name("Equivalence")]
[Description("A kind of difference that was declared to be none.")]
internal sealed class EquivalenceView(Equivalence equivalence)
{
    [Id]
    [Description("Its id.")]
    public string Id => equivalence.Id;

    [Description("The field; a path of a resource stands for all below it.")]
    public string Field => equivalence.Field;

    [Id]
    [Description("Who answers for it.")]
    public string Owner => equivalence.Owner;

    [Description("Why the two are the same. Numbers that could identify a person are hidden.")]
    public string Reason => ProblemMap.WithoutNumbers(equivalence.Reason);

    [Description("When it ends.")]
    public DateTimeOffset Until => equivalence.Until;
}

/// <summary>GraphQL type <c>Divergence</c>: names no patient.</summary>
[Name("Divergence")]
[Description("A deposited fact that another deposit replaced, and that its legacy corrected or withdrew as well. Both are kept; a person looks.")]
internal sealed class DivergenceView(Divergence divergence)
{
    [Id]
    [Description("Its id; also that of its delivery.")]
    public string Id => divergence.Id.ToString(CultureInfo.InvariantCulture);

    [Id]
    [Description("The slice it holds back.")]
    public string Slice => divergence.Slice.ToString();

    [Description("Local id of the fact at the legacy; numbers that could be a patient's are left out.")]
    public string LocalId => ProblemMap.WithoutNumbers(divergence.LocalId);

    [Description("Version of the legacy's copy, as the national store counts them.")]
    public int Version => divergence.Version;

    [Description("Whether the legacy withdrew it; else it says something else now.")]
    public bool Withdrawn => divergence.IsWithdrawn;

    [Description("When the legacy's change was taken over.")]
    public DateTimeOffset SeenAt => divergence.SeenAt;
}
