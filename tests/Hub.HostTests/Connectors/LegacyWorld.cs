using DmpFederation.LegacySystems.DossierPharmaceutique;
using DmpFederation.LegacySystems.FrancheComte;
using DmpFederation.LegacySystems.LabosRhoneAlpes;
using DmpFederation.LegacySystems.Picardie;
using DmpFederation.LegacySystems.ReseauDiabete;
using DmpFederation.LegacySystems.WebMedecin;
using DmpFederation.Sdk;
using DmpFederation.SyntheticFrance;
using DmpFederation.SyntheticFrance.Model;
using Microsoft.AspNetCore.Builder;

namespace DmpFederation.Hub.HostTests.Connectors;

/// <summary>The legacy systems of the demo in this process, holding one invented patient.</summary>
internal sealed class LegacyWorld : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "dmp-legacy-" + Guid.NewGuid().ToString("N"));
    private readonly SyntheticPatient patient;
    private readonly WebApplication franceComte;
    private readonly WebApplication picardie;
    private readonly WebApplication webMedecin;

    public LegacyWorld()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        patient = World.Generate(2009, 1, today).Single();
        DossierPharmaceutiqueSystem.Write([patient], Path.Combine(folder, "dp"));
        FrancheComteSystem.Write([patient], Path.Combine(folder, "franche-comte"));
        PicardieSystem.Write([patient], Path.Combine(folder, "picardie"));
        using (var writer = WebMedecinSystem.OpenWriter(Path.Combine(folder, "web-medecin")))
            writer.Add(patient);
        using (var writer = LabosRhoneAlpesSystem.OpenWriter(Path.Combine(folder, LabosRhoneAlpesSystem.Name)))
            writer.Add(patient);
        using (var writer = ReseauDiabeteSystem.OpenWriter(Path.Combine(folder, ReseauDiabeteSystem.Name), today))
            writer.Add(patient);
        franceComte = FrancheComteSystem.Build(["--urls", "http://127.0.0.1:0"], Path.Combine(folder, "franche-comte"));
        picardie = PicardieSystem.Build(["--urls", "http://127.0.0.1:0"], Path.Combine(folder, "picardie"));
        webMedecin = WebMedecinSystem.Build(["--urls", "http://127.0.0.1:0"], Path.Combine(folder, "web-medecin"));
    }

    public async Task StartAsync()
    {
        await franceComte.StartAsync();
        await picardie.StartAsync();
        await webMedecin.StartAsync();
    }

    /// <summary>Settings of a source of <c>plugins.json</c> that reads the plug-in's legacy system.</summary>
    public string SettingsFor(string plugin, ConnectorsHost hub)
    {
        if (plugin == "cda-repository")
            return $"\"baseUrl\": \"{franceComte.Urls.Single()}/\"";
        if (plugin == "historique-remboursements")
            return $"\"baseUrl\": \"{webMedecin.Urls.Single()}/\"";
        if (plugin == "fhir-server")
            return $"\"baseUrl\": \"{picardie.Urls.Single()}/fhir/\"";
        if (plugin == "hprim-biologie")
            return $"\"folder\": \"{Path.Combine(folder, LabosRhoneAlpesSystem.Name)}\", \"waitForFolderMs\": \"60000\"";
        if (plugin == "reseau-diabete")
            return $"\"folder\": \"{Path.Combine(folder, ReseauDiabeteSystem.Name)}\", \"waitForExportMs\": \"60000\"";
        File.WriteAllText(
            Path.Combine(hub.Root, "dp-connection"), $"Data Source={Path.Combine(folder, "dp", DossierPharmaceutiqueSystem.FileName)}");
        return "\"connection\": \"file:dp-connection\"";
    }

    /// <summary>The patient as the hub asks a source about one: by a key it understands, with the certified traits.</summary>
    public PatientQuery QueryFor(string plugin)
    {
        var key = plugin is "cda-repository" or "reseau-diabete"
            ? new PatientKey(PatientKeySystems.InsC, patient.InsC)
            : new PatientKey(PatientKeySystems.InsNirTest, patient.InsNir);
        return new PatientQuery(key, new PatientTraits
        {
            BirthName = patient.BirthName,
            GivenNames = patient.GivenNames,
            BirthDate = FhirDate.FromDay(patient.BirthDate),
            Sex = patient.Sex == "F" ? TraitSex.Female : TraitSex.Male,
            Keys = [key],
            Status = IdentityStatus.Qualified,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await franceComte.DisposeAsync();
        await picardie.DisposeAsync();
        await webMedecin.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
