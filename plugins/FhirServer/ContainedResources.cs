using System.Text.Json;

namespace DmpFederation.Plugins.FhirServer;

/// <summary>Finds a resource inside the <c>contained</c> array of another.</summary>
internal static class ContainedResources
{
    /// <summary>The contained Patient with this id; null when there is none.</summary>
    public static PatientRecord? Patient(ReadOnlyMemory<byte> contained, string id) =>
        Find(contained, id) is { } resource && ResourceHead.Read(resource).Type == "Patient" ? PatientRecord.Read(resource) : null;

    /// <summary>A copy of the contained resource with this id; null when there is none.</summary>
    public static ReadOnlyMemory<byte>? Find(ReadOnlyMemory<byte> contained, string id)
    {
        if (contained.IsEmpty)
            return null;
        using var document = JsonDocument.Parse(contained, new JsonDocumentOptions { MaxDepth = 256 });
        foreach (var resource in document.RootElement.EnumerateArray())
        {
            if (resource.Text("id") == id)
                return System.Text.Encoding.UTF8.GetBytes(resource.GetRawText());
        }
        return null;
    }
}
