using System.ComponentModel;
using DmpFederation.Hub.Access;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>Actor</c>.</summary>
[Name("Actor")]
[Description("Who asks, as the token says.")]
internal sealed class ActorView(Actor actor)
{
    [Description("The role.")]
    public ActorRole Role => actor.Role;

    [Id]
    [Description("PS_IdNat of a professional, subject of the token otherwise.")]
    public string Id => actor.Id;

    [Description("Printable name; null when the token has none.")]
    public string? Name => actor.Name;

    [Description("Profession of the chosen situation d'exercice (TRE_G15); null for other roles.")]
    public string? Profession => actor.Profession;

    [Description("Savoir-faire of the chosen situation d'exercice; null when none.")]
    public string? Specialty => actor.Specialty;

    [Id]
    [Description("Structure the actor acts for; null when none.")]
    public string? OrganizationId => actor.OrganizationId;

    [Description("Region of a region operator; null for other roles.")]
    public string? Region => actor.Region;

    [Id]
    [Description("Portal or software that asks on the actor's behalf; null when the token has none.")]
    public string? ClientId => actor.ClientId;
}
