using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Matrix;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using Microsoft.Extensions.Options;

namespace DmpFederation.TestKit;

/// <summary>The real decider over given policies.</summary>
internal static class ADecider
{
    public static DossierDecider Over(
        IPolicyStore policies, ICertifiedIdentities identities, TimeProvider? clock = null, AccessOptions? options = null) =>
        new(policies, identities, HabilitationMatrix.Default, Options.Create(options ?? new AccessOptions()), clock ?? TimeProvider.System);
}
