using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Migration.Verifying;

/// <summary>A statement of identity as one text, so that two can be compared whole. Lives in memory alone.</summary>
internal static class IdentityText
{
    public static string Of(PatientFound found)
    {
        var (traits, text) = (found.Traits, new StringBuilder());
        Add(found.Patient.System);
        Add(found.Patient.Value);
        Add(found.DocumentLocalId);
        Add(traits.BirthName);
        Add(traits.UsedName);
        Add(traits.BirthDate?.ToString());
        Add(traits.Sex.ToString());
        Add(traits.BirthPlaceCode);
        Add(traits.Status.ToString());
        foreach (var given in traits.GivenNames)
            Add(given);
        Add(null);
        foreach (var key in traits.Keys)
        {
            Add(key.System);
            Add(key.Value);
        }
        return text.ToString();

        // With its length in front, so that no two lists of parts give one text.
        void Add(string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\u001F');
    }
}
