using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies.Writing;

/// <summary>What has to be written so that the store holds copies as they are now, and what that changes. Not thread-safe.</summary>
internal sealed class CopyDiff(NewRows rows)
{
    private int patients;
    private int added;
    private int changed;
    private int withdrawn;
    private int unchanged;
    private int refused;

    public NewRows Rows => rows;

    /// <summary>Versions that others follow now.</summary>
    public List<(PatientKey Key, byte[] LocalId)> Followed { get; } = [];

    /// <summary>Copies held before beside whose facts something else is said now.</summary>
    public List<NewCopy> Restated { get; } = [];

    /// <summary>Copies held before beside whose facts the same is said.</summary>
    public List<PatientKey> Confirmed { get; } = [];

    public TakenOver Total => new(patients, added, changed, withdrawn, unchanged, refused);

    /// <summary>Adds what one copy changes. Every fact that is not held as it is was checked before.</summary>
    public void Add(PreparedCopy copy, HeldState? held)
    {
        var row = new NewCopy(copy.Copy.Key, copy.Copy.IsUnknown, copy.Statements);
        if (held is null)
        {
            patients++;
            rows.Copies.Add(row);
        }
        else if (held.IsUnknown == row.IsUnknown && held.Statements.AsSpan().SequenceEqual(row.Statements))
        {
            Confirmed.Add(row.Key);
        }
        else
        {
            Restated.Add(row);
        }
        foreach (var fact in copy.Facts)
            Add(copy.Copy.Key, fact, held?.Facts.GetValueOrDefault(fact.Id));
        if (held is not null)
            Withdraw(copy, held);
    }

    private void Add(PatientKey key, PreparedFact fact, HeldFact? held)
    {
        if (fact.IsHeldAs(held) || fact.IsRefusedAs(held))
        {
            unchanged++;
            return;
        }
        if (held is not null)
            Followed.Add((key, fact.LocalId));
        var state = fact.Fault is null ? VersionState.Held : VersionState.Refused;
        if (state == VersionState.Refused)
            refused++;
        if (held is null)
            added++;
        else
            changed++;
        rows.Entries.Add(new NewEntry(key, fact.LocalId, (held?.Number ?? 0) + 1, state, fact.Entry.Category)
        {
            Hash = fact.Hash,
            ContentHash = fact.ContentHash,
            Envelope = fact.Envelope,
            Resource = fact.Entry.Resource,
            Fault = fact.Fault,
        });
        if (fact.Content is not null)
            rows.Contents.Add(new NewContent(key, fact.LocalId, fact.ContentHash!, fact.Content));
    }

    /// <summary>What is held and not said any more.</summary>
    private void Withdraw(PreparedCopy copy, HeldState held)
    {
        var said = copy.Facts.Select(static fact => fact.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (localId, fact) in held.Facts)
        {
            if (fact.State == VersionState.Withdrawn || said.Contains(localId))
                continue;
            var id = Encoding.UTF8.GetBytes(localId);
            Followed.Add((copy.Copy.Key, id));
            rows.Entries.Add(new NewEntry(copy.Copy.Key, id, fact.Number + 1, VersionState.Withdrawn, fact.Category));
            withdrawn++;
        }
    }
}
