namespace DmpFederation.Sdk;

/// <summary>
/// An identifier a patient is filed under: an assigning system and a value. Both are compared ordinally.
/// <see cref="ToString"/> never prints the value, so that a key may stand in a log or an exception by accident.
/// </summary>
/// <param name="System">Assigning authority as a URI, <c>urn:oid:…</c> for an OID (<see cref="PatientKeySystems"/>). Never null or empty.</param>
/// <param name="Value">The identifier without separators. Never null or empty.</param>
public readonly record struct PatientKey(string System, string Value)
{
    /// <summary>Prints the system and hides the value: <c>urn:oid:1.2.250.1.213.1.4.8|***</c>.</summary>
    public override string ToString() => $"{System}|***";
}
