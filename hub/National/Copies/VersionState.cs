namespace DmpFederation.Hub.National.Copies;

/// <summary>What a version of a fact is.</summary>
internal enum VersionState
{
    /// <summary>The fact, valid.</summary>
    Held,

    /// <summary>The fact as the source gave it, which is no valid FHIR R4: kept and given back as it is, with the reason beside it.</summary>
    Refused,

    /// <summary>A tombstone: the source has it no longer.</summary>
    Withdrawn,
}
