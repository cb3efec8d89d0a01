using System.Buffers;
using System.Text;
using System.Text.Json;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>
/// Takes references to hidden entries out of a resource of the same source: the whole reference with its comma, and what is empty without it. For
/// JSON without white space the bytes are those of a resource that never had it.
/// </summary>
internal sealed class ReferenceCut
{
    private const int LongestReference = 512;

    /// <summary>Elements that are about what they refer to: without the reference nothing of them is left to say (R4, minimum 1).</summary>
    private static readonly HashSet<string> Holding = new(StringComparer.Ordinal)
    {
        "target", // DocumentReference.relatesTo, Composition.relatesTo
        "condition", // Encounter.diagnosis
        "item", // List.entry
        "link", // DiagnosticReport.media
        "reference", // CarePlan.activity
        "valueReference", // extensions, answers, supporting information
        "diagnosisReference", "procedureReference", "claim", // ExplanationOfBenefit
    };

    /// <summary>Names looked for one by one before a resource is walked through; more than that are not worth it.</summary>
    private const int MostSought = 32;

    private readonly HashSet<string> names;
    private readonly byte[][]? sought;

    /// <param name="names">What the hidden entries may be called.</param>
    public ReferenceCut(HashSet<string> names)
    {
        this.names = names;
        if (names.Count <= MostSought)
            sought = [.. names.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Adds what other resources of the source may call an entry.</summary>
    public static void AddNames(HashSet<string> names, DossierEntry entry)
    {
        names.Add(entry.LocalId);
        try
        {
            var reader = new Utf8JsonReader(entry.Resource.Span);
            var (type, id) = ((string?)null, (string?)null);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (isType, isId) = (reader.ValueTextEquals("resourceType"u8), reader.ValueTextEquals("id"u8));
                reader.Read();
                if (isType && reader.TokenType == JsonTokenType.String)
                    type = reader.GetString();
                else if (isId && reader.TokenType == JsonTokenType.String)
                    id = reader.GetString();
                reader.Skip();
            }
            if (type is not null && id is not null)
                names.Add($"{type}/{id}");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No resource: nothing can refer to it but by its local id.
        }
    }

    /// <summary>The entry as the source would have given it had it never held what is hidden.</summary>
    public DossierEntry Apply(DossierEntry entry)
    {
        if (Cut(entry.Resource.Span) is not { } bytes)
            return entry;
        return entry.ResourceWasRead
            ? DossierEntry.FromJson(bytes, new EntryContext(entry.FiledUnder, entry.LocalId, entry.DocumentLocalId, entry.Confidentiality))
            : WithResource(entry, bytes);
    }

    /// <summary>The bytes without the references; null when there are none to cut.</summary>
    public byte[]? Cut(ReadOnlySpan<byte> resource)
    {
        if (!MayRefer(resource))
            return null;
        var cuts = new List<Range>();
        try
        {
            var reader = new Utf8JsonReader(resource);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            Visit(ref reader, names, cuts, isRoot: true);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not JSON: it is shown as it is, as a merge does.
            return null;
        }
        if (cuts.Count == 0)
            return null;
        var left = new ArrayBufferWriter<byte>(resource.Length);
        var from = 0;
        foreach (var cut in cuts)
        {
            left.Write(resource[from..cut.Start]);
            from = cut.End.Value;
        }
        left.Write(resource[from..]);
        return left.WrittenSpan.ToArray();
    }

    /// <summary>Nearly every resource names nothing hidden, which is found out without walking through it. Escapes can spell anything.</summary>
    private bool MayRefer(ReadOnlySpan<byte> resource)
    {
        if (resource.Contains((byte)'\\'))
            return true;
        if (sought is null)
            return resource.IndexOf("\"reference\""u8) >= 0;
        foreach (var name in sought)
        {
            if (resource.IndexOf(name) >= 0)
                return true;
        }
        return false;
    }

    /// <summary>A copy with other bytes.</summary>
    public static DossierEntry WithResource(DossierEntry entry, ReadOnlyMemory<byte> resource) => new()
    {
        LocalId = entry.LocalId,
        FiledUnder = entry.FiledUnder,
        Category = entry.Category,
        Resource = resource,
        Version = entry.Version,
        Code = entry.Code,
        Codings = entry.Codings,
        Date = entry.Date,
        Title = entry.Title,
        Value = entry.Value,
        Author = entry.Author,
        Status = entry.Status,
        Confidentiality = entry.Confidentiality,
        Identifiers = entry.Identifiers,
        Recorded = entry.Recorded,
        DocumentLocalId = entry.DocumentLocalId,
        EncounterLocalId = entry.EncounterLocalId,
        Subject = entry.Subject,
    };

    /// <summary>Goes to the end of the value the reader stands on, and notes what is cut inside of it.</summary>
    private static Fate Visit(ref Utf8JsonReader reader, HashSet<string> names, List<Range> cuts, bool isRoot = false) => reader.TokenType switch
    {
        JsonTokenType.StartObject => VisitObject(ref reader, names, cuts, isRoot),
        JsonTokenType.StartArray => VisitArray(ref reader, names, cuts),
        _ => Fate.Stays,
    };

    private static Fate VisitObject(ref Utf8JsonReader reader, HashSet<string> names, List<Range> cuts, bool isRoot)
    {
        var parts = new Parts(cuts.Count);
        var (isHidden, isHollow, isResource) = (false, false, isRoot);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var isReference = reader.ValueTextEquals("reference"u8);
            isResource |= reader.ValueTextEquals("resourceType"u8);
            var name = reader.ValueSpan;
            reader.Read();
            isHidden |= isReference && reader.TokenType == JsonTokenType.String && Names(reader, names);
            var fate = Visit(ref reader, names, cuts);
            isHollow |= fate == Fate.Hidden && Holding.Contains(Encoding.UTF8.GetString(name));
            parts.Add(start, (int)reader.BytesConsumed, fate != Fate.Stays, cuts);
        }
        if (isHidden && !isRoot)
            return parts.Drop(cuts, Fate.Hidden);
        if (isHollow && !isResource)
            return parts.Drop(cuts, Fate.Emptied);
        return parts.Close(cuts, mayGo: !isRoot);
    }

    private static Fate VisitArray(ref Utf8JsonReader reader, HashSet<string> names, List<Range> cuts)
    {
        var parts = new Parts(cuts.Count);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var fate = Visit(ref reader, names, cuts);
            parts.Add(start, (int)reader.BytesConsumed, fate != Fate.Stays, cuts);
        }
        return parts.Close(cuts, mayGo: true);
    }

    private static bool Names(in Utf8JsonReader reader, HashSet<string> names)
    {
        if (reader.ValueSpan.Length > LongestReference)
            return false;
        Span<char> text = stackalloc char[LongestReference];
        ReadOnlySpan<char> reference = text[..reader.CopyString(text)];
        var lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();
        return lookup.Contains(reference) || lookup.Contains(LocalPart(reference));
    }

    /// <summary><c>Type/id</c> of a reference that may name a server before it and a version after it.</summary>
    private static ReadOnlySpan<char> LocalPart(ReadOnlySpan<char> reference)
    {
        var version = reference.IndexOf("/_history/", StringComparison.Ordinal);
        if (version >= 0)
            reference = reference[..version];
        var id = reference.LastIndexOf('/');
        if (id <= 0)
            return reference;
        var type = reference[..id].LastIndexOf('/');
        return reference[(type + 1)..];
    }

    private enum Fate
    {
        Stays,

        /// <summary>Nothing is left of it.</summary>
        Emptied,

        /// <summary>It is a reference to something hidden.</summary>
        Hidden,
    }

    /// <summary>Members of one object or array: which go, and where the cuts then are.</summary>
    private struct Parts(int outer)
    {
        private static readonly Comparer<Range> ByStart = Comparer<Range>.Create(
            static (left, right) => left.Start.Value.CompareTo(right.Start.Value));

        private readonly int first = outer;
        private List<(int Start, int End, bool Goes)>? members;
        private int cutsBefore = outer;
        private bool goes;
        private bool stays;

        public void Add(int start, int end, bool isGoing, List<Range> cuts)
        {
            (members ??= []).Add((start, end, isGoing));
            goes |= isGoing;
            stays |= !isGoing;
            if (isGoing)
                cuts.RemoveRange(cutsBefore, cuts.Count - cutsBefore);
            cutsBefore = cuts.Count;
        }

        /// <summary>The whole goes: what was cut inside of it does not matter.</summary>
        public readonly Fate Drop(List<Range> cuts, Fate fate)
        {
            cuts.RemoveRange(first, cuts.Count - first);
            return fate;
        }

        public readonly Fate Close(List<Range> cuts, bool mayGo)
        {
            if (!goes)
                return Fate.Stays;
            if (!stays && mayGo)
                return Drop(cuts, Fate.Emptied);
            for (var index = 0; index < members!.Count; index++)
            {
                if (!members[index].Goes)
                    continue;
                var last = index;
                while (last + 1 < members.Count && members[last + 1].Goes)
                    last++;
                // With the comma before it; of the first ones, with the comma behind.
                if (index > 0)
                    cuts.Add(new Range(members[index - 1].End, members[last].End));
                else if (last + 1 < members.Count)
                    cuts.Add(new Range(members[0].Start, members[last + 1].Start));
                else
                    cuts.Add(new Range(members[0].Start, members[last].End));
                index = last;
            }
            cuts.Sort(first, cuts.Count - first, ByStart);
            return Fate.Stays;
        }
    }
}
