using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.Migration.Slices;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Serving;

/// <summary>One patient of a request: what of it the national store gives, and what is left to the legacy system. Belongs to one request.</summary>
internal sealed class PatientPart
{
    private readonly IReadOnlyList<RoutedGroup> groups;
    private readonly NationalShare asked;
    private List<HeldCopy>? copies;

    /// <param name="query">The patient.</param>
    /// <param name="groups">The patient's groups of categories.</param>
    /// <param name="asked">Categories asked for.</param>
    public PatientPart(PatientQuery query, IReadOnlyList<RoutedGroup> groups, NationalShare asked)
    {
        Query = query;
        this.groups = groups;
        this.asked = asked;
        Legacy = asked;
        foreach (var group in groups)
            IsNational |= group.Slice.ServedNationally && !group.Categories.And(asked).IsNone;
    }

    public PatientQuery Query { get; }

    public PatientKey Key => Query.Key;

    /// <summary>True when the national store has to be asked.</summary>
    public bool IsNational { get; }

    /// <summary>What the legacy system has to be asked for; all that was asked for until <see cref="Take"/>.</summary>
    public NationalShare Legacy { get; private set; }

    /// <summary>What the national store gave.</summary>
    public NationalShare Given { get; private set; }

    /// <summary>Code of why a part is missing for which the legacy is asked no more; null when none is.</summary>
    public string? Lost { get; private set; }

    /// <summary>The copies it gave; those asked for only.</summary>
    public IReadOnlyList<HeldCopy> Copies => copies ?? (IReadOnlyList<HeldCopy>)[];

    /// <summary>The copy read last: statements about the patient's whole record are the same in each, but it knows the latest.</summary>
    public PatientCopy? Latest => copies?.MaxBy(static held => held.ConfirmedAt)?.Copy;

    /// <summary>Takes what the national store holds of the patient.</summary>
    /// <param name="held">What it holds; null for nothing.</param>
    /// <param name="fault">Why it could not be read; null when it could.</param>
    /// <param name="isCurrent">True while changes of the legacy, newcomers among them, are followed closely.</param>
    public void Take(HeldPatient? held, string? fault, bool isCurrent)
    {
        foreach (var group in groups)
        {
            var wanted = group.Categories.And(asked);
            if (wanted.IsNone || !group.Slice.ServedNationally)
                continue;
            if (held?.Groups.GetValueOrDefault(group.Id) is { } copy)
            {
                (copies ??= []).Add(copy);
                Given = Given.With(wanted);
                Legacy = Legacy.Without(wanted);
            }
            else if (fault is null && Leaves(group.Slice, isCurrent))
            {
                Given = Given.With(wanted);
                Legacy = Legacy.Without(wanted);
            }
            else if (group.Slice.State == MigrationState.Retired || group.Slice.Resumes == MigrationState.Retired)
            {
                Lost = fault ?? ServingReasons.NeverCopied;
                Legacy = Legacy.Without(wanted);
            }
        }
    }

    /// <summary>
    /// True when the source's own list is held wholly and followed: whom it leaves out the source does not know. Patients set aside as sick are listed and
    /// not held, so that the counts tell.
    /// </summary>
    private static bool Leaves(SliceRecord slice, bool isCurrent) =>
        slice.Listed && slice.Copied >= slice.Total && (isCurrent || slice.State == MigrationState.Retired);

    /// <summary>The share to be told: everything, when nothing that was asked for came from the legacy.</summary>
    public NationalShare Share => Legacy.IsNone ? NationalShare.All : Given;

    /// <summary>Facts of the national copies that were asked for.</summary>
    public IEnumerable<DossierEntry> Entries => Copies.SelectMany(static held => held.Copy.Entries).Where(entry => asked.Holds(entry.Category));

    /// <summary>True for a fact of the legacy's answer that is the legacy's to give.</summary>
    public bool TakesFromLegacy(EntryCategory category) => !Given.Holds(category);
}

/// <summary>Stable codes of why a migrated part is missing.</summary>
internal static class ServingReasons
{
    /// <summary>The legacy is asked no more, and the national store never got this patient.</summary>
    public const string NeverCopied = "NEVER_COPIED";

    /// <summary>The national store did not answer in time.</summary>
    public const string NationalTimeout = "NATIONAL_TIMEOUT";

    /// <summary>The national store cannot be used.</summary>
    public const string NationalUnavailable = "NATIONAL_UNAVAILABLE";
}
