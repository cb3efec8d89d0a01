using DmpFederation.Hub.Access.Rules;
using DmpFederation.Hub.Identity;

namespace DmpFederation.Hub.Federation;

/// <summary>A patient whose dossier somebody may read, and what that right opens of it.</summary>
internal readonly record struct DossierGrant(Ins Patient, DossierAccess Access);
