namespace DmpFederation.Sdk;

/// <summary>Assigning systems of the French national health identifier (ANS, référentiel INS; FR Core identifier slices).</summary>
public static class PatientKeySystems
{
    /// <summary>INS matricule that is a NIR (type INS-NIR).</summary>
    public const string InsNir = "urn:oid:1.2.250.1.213.1.4.8";

    /// <summary>INS matricule that is a NIA, a waiting number (type INS-NIA).</summary>
    public const string InsNia = "urn:oid:1.2.250.1.213.1.4.9";

    /// <summary>INS-NIR of the test range (type INS-NIR-TEST). Every invented patient uses it.</summary>
    public const string InsNirTest = "urn:oid:1.2.250.1.213.1.4.10";

    /// <summary>INS-NIR of the demonstration range (type INS-NIR-DEMO).</summary>
    public const string InsNirDemo = "urn:oid:1.2.250.1.213.1.4.11";

    /// <summary>Calculated INS of 2009 to 2019: 20 digits and a 2-digit key (ASIP Santé, dossier de conception INS-C, 2009).</summary>
    public const string InsC = "urn:oid:1.2.250.1.213.1.4.2";

    /// <summary>True when <paramref name="system"/> is one of the national identifiers above.</summary>
    public static bool IsIns(string? system) =>
        system is InsNir or InsNia or InsNirTest or InsNirDemo or InsC;
}
