using DmpFederation.Hub.Migration.Copying;
using DmpFederation.Hub.Migration.Patients;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Following;

/// <summary>
/// What is still to be done to one slice so that it holds every change that was heard of. In memory alone: the durable cursor stays where it is until
/// all of it is done, so that a follower who begins anew hears of it again. Used by one task at a time.
/// </summary>
internal sealed class FollowedSlice(MigrationOptions options, TimeProvider clock)
{
    private readonly HashSet<PatientKey> missing = [];
    private DateTimeOffset? calledAt;

    /// <summary>Patients to be read again.</summary>
    public SetAside Aside { get; } = new(options, clock);

    /// <summary>True when every patient must be read again.</summary>
    public bool IsUnswept { get; set; }

    /// <summary>Patients of the slice, as last counted.</summary>
    public long Total { get; private set; }

    /// <summary>True when every change that was heard of is in the national store.</summary>
    public bool IsEven => !IsUnswept && Aside.IsEmpty;

    /// <summary>True when the roll must be called before anything else: it never was, or counts are not sure, or long ago.</summary>
    public bool IsRollDue => calledAt is not { } at || clock.GetUtcNow() - at >= options.RollEvery;

    public void Called(Roll roll)
    {
        (calledAt, Total) = (clock.GetUtcNow(), roll.Total);
        missing.Clear();
        foreach (var key in roll.Missing)
        {
            missing.Add(key);
            Aside.Add(key);
        }
    }

    /// <summary>Work broke off: how many patients came new is not known.</summary>
    public void CallAgain() => calledAt = null;

    /// <summary>
    /// Patients came new to the national store: those who were missing were counted already, others are the legacy's newcomers.
    /// </summary>
    /// <returns>True when the total changed.</returns>
    public bool Came(long fresh)
    {
        var newcomers = fresh - missing.RemoveWhere(key => !Aside.Holds(key));
        Total += newcomers;
        return newcomers != 0;
    }
}
