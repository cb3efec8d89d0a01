namespace DmpFederation.Demo;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">Folder of the state.</param>
/// <param name="Patients">Size of the world.</param>
/// <param name="Seed">Seed of the world.</param>
/// <param name="Portal">False with <c>--no-portal</c>.</param>
/// <param name="Fresh">True with <c>--fresh</c>: the state is emptied first.</param>
/// <param name="Ports">Where everything listens.</param>
internal sealed record DemoOptions(string Data, int Patients, int Seed, bool Portal, bool Fresh, DemoPorts Ports)
{
    /// <summary>Seconds between two events of the legacy systems; null when they stand still.</summary>
    public double? DripEvery { get; init; }

    public string Logs => Path.Combine(Data, "logs");

    public string Tokens => Path.Combine(Data, "tokens.json");

    public string PatientList => Path.Combine(Data, "patients.csv");

    /// <summary>What the patients decided, one JSON line each.</summary>
    public string ConsentRegister => Path.Combine(Data, "consents.ndjson");

    /// <summary>What the hub keeps between two runs.</summary>
    public string HubState => Path.Combine(Data, "hub");

    public string DpDatabase => Path.Combine(Data, "dp", "dp.sqlite");

    public string LabosFolder => Path.Combine(Data, "labos-rhone-alpes");

    public string DiabetesExports => Path.Combine(Data, "reseau-diabete");
}
