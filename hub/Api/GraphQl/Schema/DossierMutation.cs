using System.ComponentModel;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Mutation</c>; each subject has a file of its own. No rule lives here.</summary>
[Name("Mutation")]
[Description("What can be changed.")]
internal sealed partial class DossierMutation;
