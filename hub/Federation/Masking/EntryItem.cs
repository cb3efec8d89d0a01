using DmpFederation.Hub.Access.Rules;
using DmpFederation.Sdk;

namespace DmpFederation.Hub.Federation.Masking;

/// <summary>One version of one entry, with what is decided about it alone.</summary>
/// <param name="Slice">Position of its source.</param>
/// <param name="Id">Entry id as a number.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Subject">What the decision knows of it.</param>
/// <param name="Decision">The decision.</param>
internal readonly record struct EntryItem(int Slice, UInt128 Id, DossierEntry Entry, EntrySubject Subject, EntryDecision Decision);
