using System.Text;
using DmpFederation.Hub.Identity;
using DmpFederation.Sdk;
using DmpFederation.TestKit;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Identity;

public sealed class InsCTests
{
    [Theory]
    [InlineData("Jean;500801;1500815051040", "1541187387477485562488")]
    [InlineData("PHILIPPE;610217;1610275754289", "0833910461279517589858")]
    [InlineData("JEAN FRANCOIS;410828;2410895793085", "0509920091384490849154")]
    [InlineData("THIBAUT;210918;121092A220868", "1341508057982600714378")]
    [InlineData("THIBAUT;210918;121092a220868", "1341508057982600714378")]
    [InlineData("DAVID;850717;285072B502024", "1687776243550221336383")]
    [InlineData("FRANCK;380300;1380390104027", "1215965973479473546018")]
    [InlineData("ALINE;251224;2251202263683", "0002150957680422124234")]
    [InlineData("FABIOLA;450403;2450431879813", "0137434453735702460597")]
    [InlineData("REMY;091209;1091285349641", "0407520632709417038601")]
    [InlineData("GUY;490526;2490521031346", "1528797036226653579648")]
    public void The_worked_values_are_reproduced(string line, string insC) => InsC.ComputeLine(line).Should().Be(insC);

    [SkippableFact]
    public void Every_vector_of_the_public_sample_is_reproduced()
    {
        var file = SharedData.Find("ins-c", "Echantillon_de_test_INSC.csv");
        Skip.If(file is null, "The public sample is not beside the repository.");
        var rows = File.ReadAllLines(file, Encoding.Latin1).Skip(2).Where(row => row.Length > 0).Select(row => row.Split(';')).ToList();

        rows.Should().HaveCount(7185);
        var wrong = rows.Where(row => InsC.ComputeLine($"{row[0]};{row[1]};{row[2]}") != row[4] + row[5]).Select(row => rows.IndexOf(row) + 3);
        wrong.Should().BeEmpty("these lines of the sample differ");
        rows.Should().OnlyContain(row => NirKey.Compute(row[2]) == int.Parse(row[3]));
        rows.Should().OnlyContain(row => Ins.Parse(row[4] + row[5], "").Problem == null);
    }

    [Theory]
    [InlineData("Anne-Sophie Émilie", "ANNESOPHIE")]
    [InlineData("Élodie", "ELODIE")]
    [InlineData("E\u0301lodie", "ELODIE")]
    [InlineData("François-Xavier", "FRANCOISXA")]
    [InlineData("N'Golo", "NGOLO")]
    [InlineData("Bœuf", "BOEUF")]
    [InlineData("Lætitia", "LAETITIA")]
    [InlineData("Strauß", "STRAUSS")]
    [InlineData("Łukasz", "LUKASZ")]
    [InlineData("Søren", "SOREN")]
    [InlineData("Ÿves", "YVES")]
    [InlineData("Đặng", "DANG")]
    [InlineData("Çağla", "CAGLA")]
    public void A_first_name_counts_by_its_letters_alone(string written, string letters) =>
        InsC.ComputeLine($"{written};500801;1500815051040").Should().Be(InsC.ComputeLine($"{letters};500801;1500815051040"));

    [Fact]
    public void A_missing_birth_date_counts_as_zeros_and_a_missing_name_as_spaces()
    {
        InsC.ComputeLine("JEAN;;1500815051040").Should().Be(InsC.ComputeLine("JEAN;000000;1500815051040")).And.HaveLength(22);
        InsC.ComputeLine(";500801;1500815051040").Should().Be(InsC.ComputeLine("東京;500801;1500815051040")).And.HaveLength(22);
    }

    [Theory]
    [InlineData("JEAN;500801", "error;LINE")]
    [InlineData("", "error;LINE")]
    [InlineData("JEAN;500801;1500815051040;18", "error;LINE")]
    [InlineData("JEAN;50081;1500815051040", "error;BIRTH_DATE")]
    [InlineData("JEAN;5008O1;1500815051040", "error;BIRTH_DATE")]
    [InlineData("JEAN;1950-08-01;1500815051040", "error;BIRTH_DATE")]
    [InlineData("JEAN;500801;150081505104", "error;NIR_SHAPE")]
    [InlineData("JEAN;500801;150081505104018", "error;NIR_SHAPE")]
    [InlineData("JEAN;500801;15008150510A0", "error;NIR_SHAPE")]
    [InlineData("JEAN;500801;", "error;NIR_SHAPE")]
    [InlineData("JEAN;500801;3500815051040", "error;NIR_FIRST_DIGIT")]
    [InlineData("JEAN;500801;7500815051040", "error;NIR_FIRST_DIGIT")]
    public void What_cannot_be_computed_says_why(string line, string error) => InsC.ComputeLine(line).Should().Be(error);

    [Fact]
    public void A_result_hides_its_value_when_printed() =>
        InsC.Compute("JEAN", "500801", "1500815051040").ToString().Should().NotContain("1541187387477485");

    [Theory]
    [InlineData("1500815051040", 18)]
    [InlineData("2410895793085", 97)]
    [InlineData("2141247068655", 1)]
    [InlineData("121092A220868", 8)]
    [InlineData("285072B502024", 65)]
    public void The_key_of_a_NIR_is_97_minus_the_rest(string nir13, int key) => NirKey.Compute(nir13).Should().Be(key);

    [Theory]
    [InlineData("12109A2220868")]
    [InlineData("121093A220868")]
    [InlineData("")]
    public void Another_shape_has_no_key(string nir13) => NirKey.Compute(nir13).Should().BeNull();
}
