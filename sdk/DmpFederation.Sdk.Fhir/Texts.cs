using Hl7.Fhir.Model;

namespace DmpFederation.Sdk.Fhir;

/// <summary>Texts and dates of elements; null where an element says nothing.</summary>
internal static class Texts
{
    internal static string? Stated(string? text) => string.IsNullOrEmpty(text) ? null : text;

    internal static string? Shown(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    internal static string? Of(object? element) => element switch
    {
        string text => Stated(text),
        PrimitiveType primitive => Stated(primitive.JsonValue as string),
        _ => null,
    };

    /// <summary>The element of this name (without the type, for a choice), or null.</summary>
    internal static object? Element(this Base parent, string name) => parent.TryGetValue(name, out var value) ? value : null;

    /// <summary>The date of the first element that states one; of a period its start.</summary>
    internal static FhirDate? FirstDate(params ReadOnlySpan<object?> elements)
    {
        foreach (var element in elements)
        {
            var text = element switch
            {
                Period period => period.Start,
                FhirDateTime or Date or Instant or string => Of(element),
                _ => null,
            };
            if (FhirDate.TryParse(text, out var date))
                return date;
        }
        return null;
    }
}
