using System.ComponentModel;
using DmpFederation.Hub.Federation.Pages;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL input <c>EntryFilter</c>. What is left out, null or empty does not narrow the list.</summary>
[Name("EntryFilter")]
[Description("Which facts. A fact must pass every part given; a part left out or empty lets every fact pass.")]
internal sealed class EntryFilter
{
    [Description("Any of these categories.")]
    public IReadOnlyList<EntryCategory>? Categories { get; set; }

    [Description("Any of these codes, as `system|code` or `code` alone; every coding of every origin counts.")]
    public IReadOnlyList<string>? Codes { get; set; }

    [Description(
        "Facts whose date may lie on or after this one. A date is every day it can mean: `2009` passes `from: \"2009-06\"`. Undated facts pass.")]
    public FhirDate? From { get; set; }

    [Description("Facts whose date may lie on or before this one: `to: \"2009\"` takes all of 2009. Undated facts pass.")]
    public FhirDate? To { get; set; }

    [Id]
    [Description("Facts that any of these sources holds.")]
    public IReadOnlyList<string>? Sources { get; set; }

    /// <summary>The same as the federation takes it.</summary>
    internal EntryWish ToWish() => new(Categories ?? [], Codes ?? [], Sources ?? [], From, To);
}
