using System.Data.Common;
using System.Text;
using DmpFederation.Hub.Migration.Copies;
using DmpFederation.Hub.National.Copies.Codec;
using DmpFederation.Hub.National.Engine;
using DmpFederation.Hub.Storage;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies;

/// <summary>Builds patients of the rows of <see cref="CopyQuery.Read"/>. Not thread-safe.</summary>
internal sealed class HeldRows(IReadOnlyList<PatientKey> keys)
{
    private readonly Dictionary<string, Group>?[] patients = new Dictionary<string, Group>?[keys.Count];

    /// <summary>Adds a row of the patient at a place.</summary>
    /// <exception cref="NationalUnavailableException">A row is not of a form this hub knows: half a patient is none.</exception>
    public void Add(int at, DbDataReader row)
    {
        var groups = patients[at] ??= new Dictionary<string, Group>(1, StringComparer.Ordinal);
        var name = TermPool.Get(Encoding.UTF8.GetBytes(row.GetString(1)));
        if (!groups.TryGetValue(name, out var group))
            groups.Add(name, group = new Group());
        try
        {
            Add(group, keys[at], row);
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidCastException)
        {
            throw new NationalUnavailableException(StoreFault.Schema);
        }
    }

    public List<HeldPatient> Patients()
    {
        var held = new List<HeldPatient>(keys.Count);
        for (var at = 0; at < keys.Count; at++)
        {
            if (patients[at] is not { } groups)
                continue;
            var copies = new Dictionary<string, HeldCopy>(groups.Count, StringComparer.Ordinal);
            foreach (var (name, group) in groups)
                copies.Add(name, group.ToCopy());
            held.Add(new HeldPatient(keys[at], groups.Values.First().Wave, copies));
        }
        return held;
    }

    private static void Add(Group group, PatientKey key, DbDataReader row)
    {
        switch (row.GetInt32(0))
        {
            case 0:
                group.Wave = row.GetString(2);
                group.ConfirmedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4));
                group.Copy = StatementCodec.Read(new PatientCopy { Key = key, IsUnknown = row.GetBoolean(3) }, row.GetFieldValue<byte[]>(6));
                break;
            default:
                var localId = Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(8));
                group.Entries.Add(EntryCodec.Read(localId, key, row.GetFieldValue<byte[]>(6), row.GetFieldValue<byte[]>(7)));
                if (!row.IsDBNull(2))
                    group.Refused.Add(new RefusedFact(localId, row.GetString(2), row.GetString(5)));
                break;
        }
    }

    /// <summary>One group while its rows come, in whatever order.</summary>
    private sealed class Group
    {
        public PatientCopy? Copy { get; set; }

        public string Wave { get; set; } = "";

        public DateTimeOffset ConfirmedAt { get; set; }

        public List<DossierEntry> Entries { get; } = [];

        public List<RefusedFact> Refused { get; } = [];

        public HeldCopy ToCopy()
        {
            // Facts are written with their copy: without one they are nobody's.
            var copy = Copy ?? throw new NationalUnavailableException(StoreFault.Schema);
            Entries.Sort(static (one, other) => string.CompareOrdinal(one.LocalId, other.LocalId));
            Refused.Sort(static (one, other) => string.CompareOrdinal(one.LocalId, other.LocalId));
            return new HeldCopy(copy with { Entries = Entries }, ConfirmedAt) { Refused = Refused };
        }
    }
}
