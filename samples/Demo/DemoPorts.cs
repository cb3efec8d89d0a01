namespace DmpFederation.Demo;

/// <summary>Ports of the demo, all on loopback, at fixed distances from the hub's.</summary>
/// <param name="Base">The hub's port. Default 5080.</param>
internal sealed record DemoPorts(int Base)
{
    public const int Default = 5080;

    public int Hub => Base;

    public int Portal => Base + 10;

    public int IdentityProvider => Base + 19;

    public int WebMedecin => Base + 21;

    public int FrancheComte => Base + 22;

    public int Picardie => Base + 23;

    public int Insi => Base + 27;

    /// <summary>Every port with the name of its owner.</summary>
    public IEnumerable<(string Name, int Port)> All(bool portal)
    {
        yield return ("hub", Hub);
        if (portal)
            yield return ("portal", Portal);
        yield return ("identity provider", IdentityProvider);
        yield return ("franche-comte", FrancheComte);
        yield return ("picardie", Picardie);
        yield return ("web-medecin", WebMedecin);
        yield return ("insi", Insi);
    }

    public static string Url(int port) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
}
