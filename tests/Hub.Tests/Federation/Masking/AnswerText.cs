using System.Globalization;
using System.Text;
using DmpFederation.Hub.Federation;
using DmpFederation.Hub.Tests.Federation.Merge;

namespace DmpFederation.Hub.Tests.Federation.Masking;

/// <summary>Everything an answer says, as text: two answers are the same exactly when their texts are.</summary>
internal static class AnswerText
{
    public static string Of(IReadOnlyList<DossierResult> results) => string.Join("\n---\n", results.Select(Of));

    private static string Of(DossierResult result)
    {
        if (result is not DossierAnswer answer)
            return result.ToString()!;
        var text = new StringBuilder(MergeBench.Print(answer.Entries));
        foreach (var fact in answer.Entries)
            text.Append(CultureInfo.InvariantCulture, $"{fact.Id} {fact.Lead.Category} {fact.Lead.Title} {fact.Lead.Date} {fact.Lead.Status}\n");
        foreach (var source in answer.Sources)
            text.Append(source).Append('\n');
        foreach (var told in answer.Disagreements)
        {
            text.Append(CultureInfo.InvariantCulture, $"{told.SourceId} {told.DocumentLocalId} {told.RuleId} {told.KeptOut} ")
                .AppendJoin(',', told.Differences).Append('\n');
        }
        return text.Append(answer.Complete).Append(answer.Patient).ToString();
    }
}
