using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnit;
using FluentAssertions;
using Xunit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace DmpFederation.Hub.Tests.Architecture;

/// <summary>Who may know whom in the hub (house style §1). A new edge between features fails here before it is reviewed.</summary>
public sealed class FolderRulesTests
{
    private static readonly ArchUnitNET.Domain.Architecture Hub = new ArchLoader().LoadAssemblies(typeof(HubHost).Assembly).Build();

    /// <summary>Feature → the features it may name. Contracts of a call (outcomes, entries) belong to the feature that owns the word.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Identity"] = [],
        ["Access"] = ["Identity"],
        ["Connectors"] = ["Federation"],
        ["Federation"] = ["Connectors", "Access", "Identity"],
        ["Quarantine"] = ["Connectors", "Access"],
        ["Api"] = ["Connectors", "Federation", "Access", "Identity", "Quarantine"],
        ["Cli"] = ["Connectors", "Federation", "Access", "Identity", "Quarantine"],
    };

    public static TheoryData<string> Features => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_names_only_the_features_it_may_know(string feature)
    {
        var forbidden = Allowed.Keys.Except(Allowed[feature]).Where(other => other != feature).ToList();
        foreach (var other in forbidden)
            Types().That().ResideInNamespaceMatching($@"^DmpFederation\.Hub\.{feature}(\.|$)")
                .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching($@"^DmpFederation\.Hub\.{other}(\.|$)"))
                .Because($"{feature} must not know {other}")
                .WithoutRequiringPositiveResults()
                .Check(Hub);
    }

    [Fact]
    public void Every_folder_of_the_hub_is_listed_with_its_rules() =>
        Hub.Types.Select(FeatureOf).Where(static name => name is not null).Distinct().Should().BeSubsetOf(Allowed.Keys);

    [Fact]
    public void Only_the_GraphQl_folder_names_the_GraphQL_library() =>
        Types().That().ResideInNamespaceMatching(@"^DmpFederation\.Hub\.").And().DoNotResideInNamespaceMatching(@"^DmpFederation\.Hub\.Api\.GraphQl(\.|$)")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^GraphQL(\.|$)"))
            .Check(Hub);

    [Fact]
    public void Only_the_store_of_a_feature_names_the_database_and_one_file_of_it_its_engine()
    {
        Types().That().ResideInNamespaceMatching(@"^DmpFederation\.Hub\.")
            .And().DoNotResideInNamespaceMatching(@"^DmpFederation\.Hub\.[A-Za-z]+\.Store$")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Microsoft\.(EntityFrameworkCore|Data\.Sqlite)(\.|$)"))
            .Check(Hub);
        Types().That().ResideInNamespaceMatching(@"^DmpFederation\.Hub\.Quarantine\.Store$").And().DoNotHaveNameStartingWith("Sqlite")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^Microsoft\.Data\.Sqlite$"))
            .Check(Hub);
    }

    [Fact]
    public void No_type_is_called_after_what_it_might_do() =>
        Hub.Types.Where(static type => FeatureOf(type) is not null)
            .Select(static type => type.Name)
            .Where(static name => name.EndsWith("Helper", StringComparison.Ordinal) || name.EndsWith("Manager", StringComparison.Ordinal)
                || name.EndsWith("Util", StringComparison.Ordinal) || name.EndsWith("Utils", StringComparison.Ordinal))
            .Should().BeEmpty();

    private static string? FeatureOf(IType type)
    {
        var parts = type.FullName.Split('.', '+');
        return parts is ["DmpFederation", "Hub", var feature, _, ..] ? feature : null;
    }
}
