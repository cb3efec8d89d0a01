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
        ["Storage"] = ["Connectors"],
        ["Identity"] = ["Storage"],
        ["Access"] = ["Identity", "Audit", "Storage"],
        ["Connectors"] = ["Federation"],
        ["Audit"] = ["Identity", "Storage"],
        ["Federation"] = ["Connectors", "Access", "Identity", "Audit"],
        ["Quarantine"] = ["Connectors", "Access", "Audit", "Storage"],
        ["Migration"] = ["Connectors", "Federation", "Access", "Identity", "Audit"],
        ["Deposits"] = ["Connectors", "Federation", "Access", "Identity", "Audit"],
        ["Api"] = ["Connectors", "Federation", "Access", "Identity", "Quarantine", "Audit", "Migration", "Deposits"],
        ["National"] = ["Access", "Identity", "Storage", "Migration", "Deposits"],
        ["Cli"] = ["Connectors", "Federation", "Access", "Identity", "Quarantine", "Audit", "Storage", "National", "Migration", "Deposits"],
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
    public void Only_stores_and_what_they_share_name_a_database()
    {
        const string stores = @"^DmpFederation\.Hub\.(Storage$|National(\.|$)|[A-Za-z]+\.Store(\.|$))";
        Types().That().ResideInNamespaceMatching(@"^DmpFederation\.Hub\.").And().DoNotResideInNamespaceMatching(stores)
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^(Microsoft\.(EntityFrameworkCore|Data\.Sqlite)|Npgsql)(\.|$)"))
            .Check(Hub);
    }

    [Fact]
    public void A_type_of_a_store_that_names_an_engine_is_called_after_it() =>
        Types().That().ResideInNamespaceMatching(@"^DmpFederation\.Hub\.([A-Za-z]+\.Store|National)(\.|$)")
            .And().DoNotHaveNameStartingWith("Sqlite").And().DoNotHaveNameStartingWith("PostgreSql")
            .Should().NotDependOnAny(Types().That().ResideInNamespaceMatching(@"^(Microsoft\.Data\.Sqlite|Npgsql)(\.|$)"))
            .Check(Hub);

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
