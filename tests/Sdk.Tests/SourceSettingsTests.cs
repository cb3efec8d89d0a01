using FluentAssertions;
using Xunit;

namespace DmpFederation.Sdk.Tests;

public class SourceSettingsTests
{
    [Fact]
    public void Settings_are_read_by_name_and_type()
    {
        var settings = Of("address", "http://127.0.0.1:5102/store");

        settings.HttpAddress("address").Should().Be(new Uri("http://127.0.0.1:5102/store/"));
        settings.Text("address").Should().Be("http://127.0.0.1:5102/store");
        settings.Find("other").Should().BeNull();
        settings.Integer("other", 7).Should().Be(7);
        Of("pages", "-3").Integer("pages", 7).Should().Be(-3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("store")]
    [InlineData("ftp://store/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://user:secret@store/")]
    [InlineData("http://store/?key=secret")]
    [InlineData("http://store/#secret")]
    public void An_address_that_is_none_is_refused_by_name_and_not_repeated(string value)
    {
        var read = () => Of("address", value).HttpAddress("address");

        var refusal = read.Should().Throw<SourceSettingsException>().Which;
        refusal.Setting.Should().Be("address");
        refusal.Message.Should().StartWith("Setting 'address' ").And.NotContain("secret").And.NotContain("passwd");
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("")]
    public void A_number_that_is_none_is_refused(string value)
    {
        var read = () => Of("pages", value).Integer("pages", 7);

        read.Should().Throw<SourceSettingsException>().Which.Message.Should().Be("Setting 'pages' must be a whole number.");
    }

    [Fact]
    public void A_missing_text_is_named()
    {
        var read = () => Of("a", "b").Text("connection");

        read.Should().Throw<SourceSettingsException>().Which.Message.Should().Be("Setting 'connection' is missing.");
    }

    [Fact]
    public void Printing_settings_shows_names_and_no_values() => Of("password", "hunter2").ToString().Should().Be("password");

    private static SourceSettings Of(string name, string value) => new(new Dictionary<string, string> { [name] = value });
}
