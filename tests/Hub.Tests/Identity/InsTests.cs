using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity;

public sealed class InsTests
{
    private const string Test = PatientKeySystems.InsNirTest;

    [Theory]
    [InlineData("279035121518989", Test, "279035121518989")]
    [InlineData("2 79 03 51 215 189 89", Test, "279035121518989")]
    [InlineData(" 2\u00A079\u00A003 51\u202F215\t189 89 \r\n", Test, "279035121518989")]
    [InlineData("\uFEFF279035121518989\u200B", Test, "279035121518989")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|279035121518989", Test, "279035121518989")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|2 79 03 51 215 189 89", Test, "279035121518989")]
    [InlineData("URN:OID:1.2.250.1.213.1.4.8|277076322082910", PatientKeySystems.InsNir, "277076322082910")]
    [InlineData("1.2.250.1.213.1.4.9|279035121518989", PatientKeySystems.InsNia, "279035121518989")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.11|162126587913677", PatientKeySystems.InsNirDemo, "162126587913677")]
    [InlineData("1541187387477485562488", PatientKeySystems.InsC, "1541187387477485562488")]
    [InlineData("15411873874774855624 88", PatientKeySystems.InsC, "1541187387477485562488")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.2|0833910461279517589858", PatientKeySystems.InsC, "0833910461279517589858")]
    public void Every_written_form_is_read(string text, string system, string value)
    {
        var (ins, problem) = Ins.Parse(text, Test);

        problem.Should().BeNull();
        ins!.Value.System.Should().Be(system);
        ins.Value.Value.Should().Be(value);
        ins.Value.ToWire().Should().Be($"{system}|{value}");
    }

    [Theory]
    [InlineData("121092A22086808")]
    [InlineData("121092a22086808")]
    [InlineData("155092A88992342")]
    [InlineData("285072B50202465")]
    [InlineData("127112B11064793")]
    [InlineData("150081505104018")]
    [InlineData("260058815400233")]
    [InlineData("109128534964169")]
    [InlineData("241089579308597")]
    [InlineData("214124706865501")]
    public void Keys_of_Corsica_and_of_97_are_right(string text) => Ins.Parse(text, Test).Problem.Should().BeNull();

    [Theory]
    [InlineData(null, "EMPTY")]
    [InlineData(" \u00A0 ", "EMPTY")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.10|", "EMPTY")]
    [InlineData("27903512151898", "SHAPE")]
    [InlineData("2790351215189890", "SHAPE")]
    [InlineData("27903512151898A", "SHAPE")]
    [InlineData("279032C21518989", "SHAPE")]
    [InlineData("27903A121518989", "SHAPE")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.2|279035121518989", "SHAPE")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.8|1541187387477485562488", "SHAPE")]
    [InlineData("urn:oid:1.2.250.1.213.1.4.1|279035121518989", "SYSTEM")]
    [InlineData("urn:oid:1.2.3|279035121518989", "SYSTEM")]
    [InlineData("|279035121518989", "SYSTEM")]
    [InlineData("579035121518989", "SEX")]
    [InlineData("276059205062865", "KEY")]
    [InlineData("221042545611404", "KEY")]
    [InlineData("209053105611201", "KEY")]
    [InlineData("123456789012244", "KEY")]
    [InlineData("179125612113516", "KEY")]
    [InlineData("279035121518900", "KEY")]
    [InlineData("1541187387477485562487", "KEY")]
    [InlineData("9999999999999999999912", "RANGE")]
    public void A_wrong_text_is_refused_by_the_rule_that_failed(string? text, string rule)
    {
        var (ins, problem) = Ins.Parse(text, Test);

        ins.Should().BeNull();
        problem!.Rule.Should().Be(rule);
    }

    [Theory]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("12", true)]
    [InlineData("13", false)]
    [InlineData("19", false)]
    [InlineData("20", true)]
    [InlineData("21", false)]
    [InlineData("30", true)]
    [InlineData("42", true)]
    [InlineData("43", false)]
    [InlineData("49", false)]
    [InlineData("50", true)]
    [InlineData("99", true)]
    public void A_month_is_one_of_the_calendar_or_a_code_for_unknown(string month, bool right)
    {
        var nir13 = $"279{month}51215189";
        var problem = Ins.Parse($"{nir13}{NirKey.Compute(nir13):D2}", Test).Problem;

        problem?.Rule.Should().Be("MONTH");
        (problem is null).Should().Be(right);
    }

    [Fact]
    public void Nothing_that_may_be_logged_repeats_the_number()
    {
        var ins = Ins.Parse("279035121518989", Test).Ins!.Value;
        var problem = Ins.Parse("279035121518900", Test).Problem!;
        var check = InsCheck.Of("279035121518900", Test);

        ins.ToString().Should().NotContain("279035121518989");
        ins.Key.ToString().Should().NotContain("279035121518989");
        problem.ToString().Should().NotContain("2790351215189");
        check.ToString().Should().NotContain("2790351215189");
    }

    [Fact]
    public void A_check_names_the_kind_of_a_right_identifier()
    {
        InsCheck.Of("279035121518989", Test).Should().BeEquivalentTo(new { Valid = true, Kind = "INS-NIR-TEST", Rule = (string?)null });
        InsCheck.Of("1541187387477485562488", Test).Kind.Should().Be("INS-C");
        InsCheck.Of("279035121518988", Test).Should().BeEquivalentTo(new { Valid = false, Kind = (string?)null, Rule = "KEY" });
    }

    [Theory]
    [InlineData("INS-NIR", PatientKeySystems.InsNir)]
    [InlineData("INS-NIA", PatientKeySystems.InsNia)]
    [InlineData("INS-NIR-TEST", PatientKeySystems.InsNirTest)]
    [InlineData("INS-NIR-DEMO", PatientKeySystems.InsNirDemo)]
    [InlineData("INS-C", PatientKeySystems.InsC)]
    public void Kinds_are_named_by_their_type_code(string name, string system)
    {
        InsKind.NameOf(system).Should().Be(name);
        InsKind.SystemOf(name).Should().Be(system);
    }
}
