using System.Text.Encodings.Web;
using System.Text.Json;
using DmpFederation.Demo.Processes;
using DmpFederation.SyntheticFrance.Population;

namespace DmpFederation.Demo.WorldState;

/// <summary>
/// What the patients of the world decided, as a region's register would state it: every dossier is opened; the médecin traitant is declared; the
/// doctor, the pharmacist and the hospital were each permitted to read. The SAMU was not: it breaks the glass. The hub's own command reads it in.
/// </summary>
internal sealed class ConsentRegister(DemoOptions options, DateOnly writtenOn)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="DemoFault">The hub refused it.</exception>
    public async Task ImportAsync(CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        var start = ChildEnvironment.Dotnet(BuiltPrograms.Hub);
        foreach (var argument in (string[])["consents", "import", options.ConsentRegister])
            start.ArgumentList.Add(argument);
        start.Environment["DMPFED__Connectors__StateFolder"] = options.HubState;
        var (exit, said, complained) = await ChildEnvironment.RunAsync(start, cancellationToken);
        // Who changed something by GraphQL since an earlier start keeps it: the register is out of date for them.
        var refused = complained.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (exit != 0 && !(refused.Length > 0 && refused.All(static line => line.Contains("DECIDED_SINCE", StringComparison.Ordinal))))
            throw new DemoFault($"The consent register was refused: {complained} {said}");
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        await using var file = File.Create(options.ConsentRegister);
        foreach (var line in File.ReadLines(options.PatientList).Skip(1))
        {
            var fields = line.Split(',');
            using (var json = new Utf8JsonWriter(file, Readable))
                WriteLine(json, $"{fields[1]}|{fields[0]}");
            file.WriteByte((byte)'\n');
        }

        await file.FlushAsync(cancellationToken);
    }

    private void WriteLine(Utf8JsonWriter json, string key)
    {
        // Signed some weeks before the world was written, so that they hold whatever the hour.
        var since = writtenOn.AddDays(-30).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc);
        json.WriteStartObject();
        json.WriteStartArray("keys");
        json.WriteStringValue(key);
        json.WriteEndArray();
        json.WriteString("state", "OPEN");
        json.WriteString("attending", "8" + Professionals.Attending.Rpps);
        json.WriteStartArray("consents");
        Permit("PROFESSIONAL", "8" + Professionals.Doctor.Rpps);
        Permit("PROFESSIONAL", "8" + Professionals.Pharmacist.Rpps);
        Permit("ORGANIZATION", "1" + Professionals.Hospital.Finess);
        json.WriteEndArray();
        json.WriteEndObject();

        void Permit(string grantee, string id)
        {
            json.WriteStartObject();
            json.WriteString("action", "READING");
            json.WriteString("choice", "PERMIT");
            json.WriteString("grantee", grantee);
            json.WriteString("id", id);
            json.WriteString("since", since);
            json.WriteString("evidence", "formulaire signé du registre de démonstration");
            json.WriteEndObject();
        }
    }
}
