using DmpFederation.Hub.Migration.Copies;

namespace DmpFederation.Hub.Migration.Reading;

/// <summary>What reading one patient of a source gave. The family is closed.</summary>
internal abstract record PatientReading
{
    private PatientReading()
    {
    }

    /// <summary>It ended well: this is all the source says.</summary>
    /// <param name="Copies">By group of categories, every group of the plan.</param>
    internal sealed record Whole(IReadOnlyDictionary<string, PatientCopy> Copies) : PatientReading
    {
        /// <summary>True when the source said that something is missing: it may come with the next reading.</summary>
        public bool HasGaps => Copies.Values.Any(static copy => copy.Gaps.Count > 0);
    }

    /// <summary>It broke, or was cut short: what came is no copy.</summary>
    /// <param name="Code">Stable upper-case code.</param>
    /// <param name="IsOutage">True when it is the source that cannot be asked, whomever about.</param>
    internal sealed record Broken(string Code, bool IsOutage) : PatientReading;
}

/// <summary>A source cannot be read at all now.</summary>
/// <param name="code">Stable upper-case code.</param>
internal sealed class LegacyOutageException(string code) : Exception($"The legacy cannot be read: {code}.")
{
    public string Code { get; } = code;
}
