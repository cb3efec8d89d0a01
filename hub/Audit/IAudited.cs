namespace DmpFederation.Hub.Audit;

/// <summary>A request that leaves lines in the audit, however it ends. It describes them itself.</summary>
internal interface IAudited<in TResponse>
{
    /// <summary>
    /// True when it changes something: then the audit must be writable before it runs, so that nothing is done that nobody can write down.
    /// </summary>
    bool Changes => false;

    /// <summary>What was done, in lines: one per patient, refused ones too.</summary>
    IReadOnlyList<AuditRecord> Records(TResponse response);

    /// <summary>The lines for the case that it broke, as <see cref="AuditOutcome.Failed"/>; the code is added.</summary>
    IReadOnlyList<AuditRecord> Attempted();
}
