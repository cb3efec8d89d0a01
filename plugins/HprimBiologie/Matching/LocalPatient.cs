namespace DmpFederation.Plugins.HprimBiologie.Matching;

/// <summary>A patient as one laboratory knows one: the reports under one number with the same traits.</summary>
/// <param name="Id">Row of the index.</param>
/// <param name="Sender">The laboratory.</param>
/// <param name="GivenKey">Folded given name.</param>
/// <param name="BirthKnown">False when the century of birth is open.</param>
/// <param name="Nirs">Distinct numbers of the files that can be the person's own.</param>
internal sealed record LocalPatient(long Id, string Sender, string GivenKey, bool BirthKnown, IReadOnlyList<string> Nirs)
{
    public override string ToString() => nameof(LocalPatient);
}
