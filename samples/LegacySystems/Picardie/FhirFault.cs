namespace DmpFederation.LegacySystems.Picardie;

/// <summary>An answer that is an OperationOutcome.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Issue type (FHIR R4, issue-type).</param>
/// <param name="diagnostics">What is wrong, without patient data.</param>
internal sealed class FhirFault(int status, string code, string diagnostics) : Exception(diagnostics)
{
    public int Status { get; } = status;

    public string Code { get; } = code;
}
