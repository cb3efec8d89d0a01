namespace DmpFederation.Hub.Identity;

/// <summary>The hub's own number of a person: what every identifier of that person leads to. Random; tells nothing about the person.</summary>
internal readonly record struct PersonId(Guid Value)
{
    public override string ToString() => Value.ToString("N");
}
