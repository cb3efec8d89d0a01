namespace DmpFederation.Hub.Access.Policy;

/// <summary>Mode of access beside the normal one (TRE_R248).</summary>
internal enum EmergencyMode
{
    /// <summary>bris_de_glace: a professional in the presence of a patient who cannot consent.</summary>
    BrisDeGlace,

    /// <summary>centre_15: medical regulation by the SAMU.</summary>
    Centre15,
}

/// <summary>The modes as they are written (TRE_R248, in capitals).</summary>
internal static class EmergencyModeCode
{
    public static string Of(EmergencyMode mode) => mode switch
    {
        EmergencyMode.BrisDeGlace => "BRIS_DE_GLACE",
        EmergencyMode.Centre15 => "CENTRE_15",
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}

/// <summary>A professional's access without the patient's authorisation: with a reason, for a time, told to the patient, reviewed.</summary>
internal sealed record BreakGlassTicket
{
    /// <summary>Random, not to be guessed.</summary>
    public required string Id { get; init; }

    public required EmergencyMode Mode { get; init; }

    /// <summary>PS_IdNat of the holder; nobody else may use it.</summary>
    public required string Professional { get; init; }

    /// <summary>Structure the holder acted for; null when none.</summary>
    public string? Organization { get; init; }

    /// <summary>What the professional wrote.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Opens nothing from then on.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Source ids it is limited to; empty for all.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Prints no reason.</summary>
    public override string ToString() => $"BreakGlassTicket({Mode})";
}
