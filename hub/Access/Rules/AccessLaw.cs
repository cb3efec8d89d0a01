using DmpFederation.Hub.Access.Matrix;

namespace DmpFederation.Hub.Access.Rules;

/// <summary>The law and the switches the decision is made under. Immutable.</summary>
/// <param name="Era">What silence means.</param>
/// <param name="AuthorSeesMasked">The author of a masked document keeps sight of it.</param>
/// <param name="AttendingSeesMasked">The médecin traitant keeps sight of masked documents (EX_3.1-1030).</param>
/// <param name="AgeOfMajority">Years (parameter <c>ageMajorite</c>).</param>
/// <param name="Matrix">Edition of the matrix in force.</param>
internal sealed record AccessLaw(AccessEra Era, bool AuthorSeesMasked, bool AttendingSeesMasked, int AgeOfMajority, MatrixEdition Matrix);
