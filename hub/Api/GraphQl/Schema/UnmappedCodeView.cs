using System.ComponentModel;
using DmpFederation.Sdk;
using GraphQL;

namespace DmpFederation.Hub.Api.GraphQl.Schema;

/// <summary>GraphQL type <c>UnmappedCode</c>.</summary>
[Name("UnmappedCode")]
[Description("A code of a source that its connector's table does not map to a common one.")]
internal sealed class UnmappedCodeView(UnmappedCode code)
{
    [Description("The source's own code system.")]
    public string System => code.System;

    [Description("The code.")]
    public string Code => code.Code;

    [Description("Label as the source prints it.")]
    public string? Label => code.Label;

    [Description("Unit it comes in.")]
    public string? Unit => code.Unit;

    [Description("How many facts the source holds under it.")]
    public long Count => code.Count;
}
