using System.Collections.Frozen;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;

namespace DmpFederation.Hub.National.Copies.Intake;

/// <summary>
/// FHIR R4 as Hl7's own model has it: every element is one of its type, has a value of its kind, occurs as often as it may, and takes its code from the
/// list it is bound to where that is required. Thread-safe.
/// </summary>
internal sealed class FhirIntakeCheck : IIntakeCheck
{
    /// <summary>Code of what is no valid FHIR R4.</summary>
    public const string Invalid = "FHIR_INVALID";

    /// <summary>Faults named in a reason. One is enough to look at; the bytes are kept.</summary>
    private const int Named = 3;

    /// <summary>What the library calls a resource before it knows its type.</summary>
    private const string Whole = "$this";

    private readonly FhirJsonDeserializer deserializer = new();

    /// <summary>Names of R4: only these may stand in a reason, since what a source writes in the place of a name may be anything.</summary>
    private static readonly FrozenSet<string> Names = ModelInfo.ModelInspector.ClassMappings
        .SelectMany(static type => type.PropertyMappings.Select(static property => property.Name).Append(type.Name))
        .ToFrozenSet(StringComparer.Ordinal);

    public IntakeFault? Check(ReadOnlySpan<byte> resource)
    {
        try
        {
            var json = new Utf8JsonReader(resource, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Disallow });
            if (!deserializer.TryDeserializeResource(ref json, out _, out var issues))
                return Refuse(issues);
            return json.Read() ? new IntakeFault(Invalid, "Something follows the resource.") : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new IntakeFault(Invalid, "The resource cannot be read as FHIR R4 JSON.");
        }
    }

    private static IntakeFault Refuse(IEnumerable<CodedException> issues)
    {
        var all = issues.ToList();
        var named = all.Select(Name).Distinct(StringComparer.Ordinal).Take(Named);
        return new IntakeFault(Invalid, $"The resource is no valid FHIR R4: {string.Join(", ", named)} ({all.Count} in all).");
    }

    private static string Name(CodedException issue) =>
        issue is ExtendedCodedException { InstancePath: { } path } && Known(path) is { Length: > 0 } known ? $"{issue.ErrorCode} at {known}" : issue.ErrorCode;

    /// <summary>As much of a path as R4 has names for.</summary>
    private static string Known(string path) => string.Join(
        '.', path.Split('.').Select(static step => step.Split('[')[0]).SkipWhile(static name => name == Whole).TakeWhile(Names.Contains));
}
