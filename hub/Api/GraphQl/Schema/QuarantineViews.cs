using System.ComponentModel;
using System.Globalization;
using DmpFederation.Hub.Quarantine;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>QuarantinePage</c>.</summary>
[Name("QuarantinePage")]
[Description("A page of quarantined items, newest first.")]
internal sealed class QuarantinePageView(QuarantinedPage page)
{
    [Description("The items.")]
    public IReadOnlyList<QuarantinedItemView> Nodes { get; } = [.. page.Items.Select(static item => new QuarantinedItemView(item))];

    [Id]
    [Description("Pass as `after` for the next page; null when this page is empty.")]
    public string? EndCursor => Nodes.Count == 0 ? null : Nodes[^1].Id;

    [Description("Whether items follow this page.")]
    public bool HasNext => page.HasNext;

    [Description("Times an item of these sources was not kept because the quota of its source was full. An item read again counts again.")]
    public long BeyondQuota => page.BeyondQuota;
}

/// <summary>GraphQL type <c>QuarantinedItem</c>: neither bytes nor anything that tells whose it is.</summary>
[Name("QuarantinedItem")]
[Description("Something a source holds that could not be read or mapped. Numbers that could identify a person are hidden in its texts.")]
internal sealed class QuarantinedItemView(QuarantinedItem item)
{
    [Id]
    [Description("Id of the item.")]
    public string Id => item.Id.ToString(CultureInfo.InvariantCulture);

    [Id]
    [Description("The source that holds it.")]
    public string SourceId => item.SourceId;

    [Id]
    [Description("Plug-in that last failed on it or, once replayed, read it.")]
    public string Plugin => item.PluginId;

    [Description("Version of that plug-in; null when it was not known.")]
    public string? PluginVersion => item.PluginVersion;

    [Description("Stable code of the failure.")]
    public string Code => item.Code;

    [Description("What to fix.")]
    public string Reason => ShownText.Of(item, item.Reason)!;

    [Description("Where in the source it is: file, row, path, element. Null when the whole item.")]
    public string? Position => ShownText.Of(item, item.Position);

    [Description("Local id within the source; null when unknown.")]
    public string? LocalId => ShownText.Of(item, item.LocalId);

    [Description("Length in bytes.")]
    public long Length => item.Length;

    [Description("Bytes kept of it. Fewer than `length` when it was larger than the hub keeps, or when they were erased after it was settled.")]
    public long StoredLength => item.StoredLength;

    [Description("First read that met it.")]
    public DateTimeOffset FirstSeen => item.FirstSeen;

    [Description("Last read that met it.")]
    public DateTimeOffset LastSeen => item.LastSeen;

    [Description("Reads that met it.")]
    public long TimesSeen => item.TimesSeen;

    [Description("What became of it.")]
    public QuarantineState State => item.State;

    [Description("Last replay that failed; null when none did.")]
    public DateTimeOffset? LastReplay => item.LastReplay;

    [Description("When it was replayed or discarded; null while it is held.")]
    public DateTimeOffset? SettledAt => item.SettledAt;

    [Id]
    [Description("Who replayed or discarded it; null while it is held.")]
    public string? SettledBy => item.SettledBy;

    [Description("Why it was discarded; null otherwise.")]
    public string? SettledReason => ShownText.Of(item, item.SettledReason);

    [Description("Entries that came out when it was replayed; null otherwise.")]
    public int? ReplayedEntries => item.ReplayedEntries;
}

/// <summary>GraphQL type <c>ReplayReport</c>.</summary>
[Name("ReplayReport")]
[Description("What came of a replay.")]
internal sealed class ReplayReportView(ReplayReport report)
{
    [Description("Each item that was named or tried.")]
    public IReadOnlyList<ReplayResultView> Results { get; } = [.. report.Results.Select(static result => new ReplayResultView(result))];

    [Description("Whether the source has further held items, which were not tried.")]
    public bool HasMore => report.HasMore;
}

/// <summary>GraphQL type <c>ReplayResult</c>.</summary>
[Name("ReplayResult")]
[Description("What came of the replay of one item.")]
internal sealed class ReplayResultView(ReplayResult result)
{
    [Id]
    [Description("Id of the item.")]
    public string Id => result.Id.ToString(CultureInfo.InvariantCulture);

    [Id]
    [Description("Its source; null when there is no such item.")]
    public string? SourceId => result.SourceId;

    [Description("Its state now; null when there is no such item.")]
    public QuarantineState? State => result.State;

    [Description("Entries that came out.")]
    public int Entries => result.Entries;

    [Description("Why it was not read; null when it was.")]
    public string? Code => result.Code;

    [Description("A sentence that says so; null when it was read.")]
    public string? Reason => result.Reason;
}
