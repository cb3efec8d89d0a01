using System.ComponentModel;
using DmpFederation.Hub.Federation.Overlap;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>SourceOverlap</c>.</summary>
[Name("SourceOverlap")]
[Description("What the sources share, in figures.")]
internal sealed class OverlapView(OverlapReport report)
{
    [Description("Patients read.")]
    public int Patients => report.Patients;

    [Description("Patients of whom some source did not answer wholly: the figures may be too small.")]
    public int Incomplete => report.Incomplete;

    [Description("Merged facts.")]
    public long Facts => report.Facts;

    [Cost(items: 10)]
    [Description("Each source that holds a fact, by id.")]
    public IReadOnlyList<SourceShareView> Sources => [.. report.Sources.Select(static source => new SourceShareView(source))];

    [Cost(items: 45)]
    [Description("Each pair of these, also without a common fact.")]
    public IReadOnlyList<SourcePairView> Pairs => [.. report.Pairs.Select(static pair => new SourcePairView(pair))];
}

/// <summary>GraphQL type <c>SourceShare</c>.</summary>
[Name("SourceShare")]
[Description("One source's part in the merged facts.")]
internal sealed class SourceShareView(SourceShare share)
{
    [Id]
    [Description("The source.")]
    public string SourceId => share.SourceId;

    [Description("Facts it holds.")]
    public long Facts => share.Facts;

    [Description("Those nobody else holds.")]
    public long Alone => share.Alone;

    [Description("Entries beyond one a fact: the source states these facts again.")]
    public long Copies => share.Copies;
}

/// <summary>GraphQL type <c>SourcePair</c>.</summary>
[Name("SourcePair")]
[Description("What two sources share.")]
internal sealed class SourcePairView(SourcePair pair)
{
    [Id]
    [Description("The source with the smaller id.")]
    public string First => pair.First;

    [Id]
    [Description("The other source.")]
    public string Second => pair.Second;

    [Description("Facts held by both.")]
    public long Facts => pair.Facts;

    [Description("Common facts of all the first source holds, 0 to 1.")]
    public double ShareOfFirst => pair.ShareOfFirst;

    [Description("Common facts of all the second source holds, 0 to 1.")]
    public double ShareOfSecond => pair.ShareOfSecond;

    [Description("Common facts on which the two agree: pure repetition.")]
    public long Agreeing => pair.Agreeing;

    [Description("Common facts on which the two state different values.")]
    public long Conflicting => pair.Conflicting;

    [Cost(items: 13)]
    [Description("By category, those with a common fact, most first.")]
    public IReadOnlyList<CategoryOverlapView> Categories => [.. pair.Categories.Select(static category => new CategoryOverlapView(category))];
}

/// <summary>GraphQL type <c>CategoryOverlap</c>.</summary>
[Name("CategoryOverlap")]
[Description("Common facts of one category.")]
internal sealed class CategoryOverlapView(CategoryOverlap overlap)
{
    [Description("The category.")]
    public EntryCategory Category => overlap.Category;

    [Description("Facts held by both.")]
    public long Facts => overlap.Facts;

    [Description("Of them, those on which the two state different values.")]
    public long Conflicting => overlap.Conflicting;
}
