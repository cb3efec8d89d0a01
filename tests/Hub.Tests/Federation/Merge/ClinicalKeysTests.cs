using System.Text;
using System.Text.Json;
using DmpFederation.Hub.Federation.Merge;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Federation.Merge;

public sealed class ClinicalKeysTests
{
    private static readonly ClinicalKeysFile File = ClinicalKeysFile.ReadEmbedded();

    [Fact]
    public void The_rules_the_hub_is_built_with_can_be_used() => FluentActions.Invoking(() => new ClinicalKeys(File)).Should().NotThrow();

    [Fact]
    public void Every_fault_is_listed()
    {
        var rule = File.Rules[0] with { Codes = ["CIP", "CIP", "NONSENSE"], Reason = "" };
        var faulty = File with
        {
            Rules = [rule, rule],
            Tolerance = File.Tolerance with { Percent = 50 },
            Analytes = [new AnalyteData("a", ["1"], [new UnitData("g/L", 0), new UnitData("G/l", 1)]), new AnalyteData("b", ["1"], [])],
            CodeSystems = [.. File.CodeSystems, File.CodeSystems[0]],
        };

        FluentActions.Invoking(() => new ClinicalKeys(faulty)).Should().Throw<ClinicalKeysException>().Which.Faults.Should()
            .Contain("rule MRG-101 stands twice")
            .And.Contain("Medication/MedicationDispense has two rules")
            .And.Contain("code system CIP stands twice")
            .And.Contain("rule MRG-101 names the unknown code system NONSENSE")
            .And.Contain("rule MRG-101 names CIP twice")
            .And.Contain("rule MRG-101 has no reason")
            .And.Contain("LOINC 1 belongs to two analytes")
            .And.Contain("analyte a has a factor that is not positive")
            .And.Contain("analyte a has the unit g/l twice")
            .And.Contain("analyte b needs a LOINC code and a unit")
            .And.Contain(fault => fault.StartsWith("tolerance"));
    }

    [Theory]
    [InlineData("""{"version":"1","unknown":1}""")]
    [InlineData("""{"version":"1"}""")]
    [InlineData("null")]
    public void A_key_nobody_knows_or_a_missing_one_is_refused(string json) =>
        FluentActions.Invoking(() => ClinicalKeysFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)))).Should().Throw<JsonException>();
}
