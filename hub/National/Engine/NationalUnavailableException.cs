namespace DmpFederation.Hub.National.Engine;

/// <summary>The national database cannot be used. Stays in this folder: each store says it in the words of the feature it serves.</summary>
internal sealed class NationalUnavailableException(string code) : Exception("The national database cannot be used.")
{
    public string Code { get; } = code;
}
