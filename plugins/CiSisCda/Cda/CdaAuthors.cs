using System.Xml.Linq;
using DmpFederation.Sdk;

namespace DmpFederation.Plugins.CiSisCda.Cda;

/// <summary>Authors and performers of a document or of a part of it. Numbers stay as printed: most in samples fail their key.</summary>
internal static class CdaAuthors
{
    /// <summary>The first author of an element; null when it has none that says anything.</summary>
    internal static EntryAuthor? AuthorOf(XElement element) =>
        element.Parts("author").Select(author => Of(author.Part("assignedAuthor"))).FirstOrDefault(author => author is not null);

    /// <summary>The first performer of an element; null when it has none that says anything.</summary>
    internal static EntryAuthor? PerformerOf(XElement element) =>
        element.Parts("performer").Select(performer => Of(performer.Part("assignedEntity"))).FirstOrDefault(performer => performer is not null);

    internal static EntryAuthor? Of(XElement? assigned)
    {
        if (assigned is null)
            return null;
        var organization = assigned.Part("representedOrganization") ?? assigned.Part("scopingOrganization");
        var author = new EntryAuthor(
            CdaId.FirstOf(assigned)?.Extension,
            NameOf(assigned.At("assignedPerson", "name")) ?? DeviceOf(assigned.Part("assignedAuthoringDevice")),
            assigned.Part("code").Attr("code"),
            CdaId.FirstOf(organization)?.Extension,
            organization.Part("name").Line());
        return author is { Id: null, Name: null, OrganizationId: null, OrganizationName: null } ? null : author;
    }

    /// <summary>A printable name: suffix or prefix, given names, family name.</summary>
    internal static string? NameOf(XElement? name)
    {
        if (name is null)
            return null;
        string?[] parts = [name.Part("suffix").Line() ?? name.Part("prefix").Line(), name.Part("given").Line(), name.Part("family").Line()];
        var printed = string.Join(' ', parts.OfType<string>());
        return printed.Length > 0 ? printed : name.Line();
    }

    private static string? DeviceOf(XElement? device) => device.Part("softwareName").Line() ?? device.Part("manufacturerModelName").Line();
}
