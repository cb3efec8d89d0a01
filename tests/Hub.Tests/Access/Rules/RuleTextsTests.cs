using System.Reflection;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Rules;
using FluentAssertions;
using Xunit;

namespace DmpFederation.Hub.Tests.Access.Rules;

public sealed class RuleTextsTests
{
    [Fact]
    public void Every_rule_that_can_decide_about_reading_speaks_plain_French()
    {
        string[] others =
        [
            // About sources and traces, and about who changes or writes what: they never explain the sight of an entry.
            "ACC-13", "ACC-14", "ACC-15", "ACC-217", "ACC-24", "ACC-25", "ACC-26", "ACC-27",
        ];
        var rules = typeof(AccessRules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);

        rules.Where(rule => !others.Any(prefix => rule.StartsWith(prefix, StringComparison.Ordinal)))
            .Should().OnlyContain(static rule => RuleTexts.Knows(rule));
    }
}
