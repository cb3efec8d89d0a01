using System.Globalization;
using DmpFederation.SyntheticFrance.Model;

namespace DmpFederation.SyntheticFrance.Truth;

/// <summary>Writes <c>patients.csv</c>: who is in the world, the demo's patient first. No field ever needs quoting.</summary>
public sealed class PatientListWriter : IWorldWriter
{
    /// <summary>Assigning system of the INS of every invented patient: the official test range.</summary>
    public const string System = "urn:oid:1.2.250.1.213.1.4.10";

    private readonly TextWriter output;

    /// <param name="output">Where to write; disposed with the writer.</param>
    public PatientListWriter(TextWriter output)
    {
        this.output = output;
        output.Write("ins,system,birthName,givenName,birthDate,sex\n");
    }

    /// <inheritdoc/>
    public void Add(SyntheticPatient patient) => output.Write(string.Create(
        CultureInfo.InvariantCulture,
        $"{patient.InsNir},{System},{patient.BirthName},{patient.GivenNames[0]},{patient.BirthDate:yyyy-MM-dd},{patient.Sex}\n"));

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
