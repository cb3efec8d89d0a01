namespace DmpFederation.Plugins.FhirServer;

/// <summary>What a FHIR server answered to one request.</summary>
/// <param name="Fault">Code of the fault; null when it answered well.</param>
/// <param name="Status">HTTP status; 0 when there was none.</param>
/// <param name="Body">
/// The bytes, whole unless <paramref name="Cut"/>. Empty on a fault, but for the refusal of a write, which may say why.
/// </param>
/// <param name="Cut">The connection ended in the middle of the body.</param>
internal readonly record struct FhirAnswer(string? Fault, int Status, ReadOnlyMemory<byte> Body, bool Cut)
{
    /// <summary>The server says that there is no such thing (404, or 410 for what was deleted).</summary>
    public bool IsAbsent => Status is 404 or 410;

    /// <summary>The server says that it does not do what was asked: 404 of an unknown type, 405, 501, or 400 of an unknown type.</summary>
    public bool IsNotSupported => Status is 400 or 404 or 405 or 501;

    public static FhirAnswer Failed(string fault, int status = 0) => new(fault, status, default, false);
}
