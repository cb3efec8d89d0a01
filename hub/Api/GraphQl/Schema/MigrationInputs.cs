using System.ComponentModel;
using DmpFederation.Hub.Migration.Orders;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL input <c>MigrationInput</c>.</summary>
[Name("MigrationInput")]
[Description("How a source is cut and how hard it may be asked. Left out: one slice, four patients at the same time, no further limit.")]
internal sealed class MigrationInput
{
    [Description("Equal parts of the patients, a wave each: 1 to 100. Not together with `percent`.")]
    public int? Waves { get; set; }

    [Description("Percentage of the patients in a first wave: 1, 2, 4, 5, 10, 20, 25 or 50. The others are the last wave.")]
    public int? Percent { get; set; }

    [Id]
    [Description("Patients in a wave of their own before all others, each as `system|value`, by the identifier the source files them under.")]
    public IReadOnlyList<string>? Cohort { get; set; }

    [Description("Groups of categories, a slice of each wave for each; categories not named are one more group. Left out: all in one group.")]
    public IReadOnlyList<IReadOnlyList<EntryCategory>>? Groups { get; set; }

    [Description("How hard the legacy may be asked.")]
    public MigrationLoadInput? Load { get; set; }

    [Description("Why, for those who look at it later; never about a person. At most 500 characters.")]
    public string? Reason { get; set; }

    internal PlanDraft ToDraft(string sourceId) => new(sourceId)
    {
        Parts = Waves,
        Percent = Percent,
        Cohort = [.. (Cohort ?? []).Select(IdentityArgument.Key)],
        Groups = Groups ?? [],
    };
}

/// <summary>GraphQL input <c>MigrationLoadInput</c>.</summary>
[Name("MigrationLoadInput")]
[Description("Limits of the load a migration puts on its legacy; every one holds beside the others.")]
internal sealed class MigrationLoadInput
{
    [Description("Patients read a second, at most; left out: no such limit.")]
    public double? PatientsPerSecond { get; set; }

    [Description("Patients read at the same time, 1 to 64; left out: 4.")]
    public int? Concurrency { get; set; }

    [Description("It slows down while the legacy answers slower than this many milliseconds; left out: no such limit.")]
    public int? LatencyLimitMs { get; set; }

    [Description("Hours of the day in Paris in which it rests, such as `08:00-19:00`; left out: none.")]
    public string? Rest { get; set; }

    internal LoadDraft ToDraft() =>
        new() { PatientsPerSecond = PatientsPerSecond, Concurrency = Concurrency, LatencyMs = LatencyLimitMs, Rest = Rest };
}
