using System.Text;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.National.Copies;

/// <summary>A fact that was refused, in the words in which an answer says what is missing from it.</summary>
internal static class RefusedFact
{
    public static Unreadable Of(PatientKey key, byte[] localId, string code, string reason, byte[] resource) => new()
    {
        Code = code,
        Reason = reason,
        Patient = key,
        LocalId = Encoding.UTF8.GetString(localId),
        Raw = resource,
    };
}
