using DmpFederation.Sdk;

namespace DmpFederation.Hub.Identity;

/// <summary>Short names of the assigning systems: the type codes of FR Core, as written in <c>patientKeys</c> of <c>plugins.json</c>.</summary>
internal static class InsKind
{
    private static readonly (string Name, string System)[] All =
    [
        ("INS-NIR", PatientKeySystems.InsNir),
        ("INS-NIA", PatientKeySystems.InsNia),
        ("INS-NIR-TEST", PatientKeySystems.InsNirTest),
        ("INS-NIR-DEMO", PatientKeySystems.InsNirDemo),
        ("INS-C", PatientKeySystems.InsC),
    ];

    /// <summary>The type code of a system, or null when it is none of the INS.</summary>
    public static string? NameOf(string system) => Array.Find(All, kind => kind.System == system).Name;

    /// <summary>The system of a type code, or null when there is no such code.</summary>
    public static string? SystemOf(string name) => Array.Find(All, kind => kind.Name == name).System;
}
