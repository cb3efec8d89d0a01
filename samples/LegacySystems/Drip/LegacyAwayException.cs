namespace DmpFederation.LegacySystems.Drip;

/// <summary>A legacy system is not where it was, or does not answer.</summary>
internal sealed class LegacyAwayException(string message) : Exception(message);
