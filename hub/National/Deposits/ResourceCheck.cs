using DmpFederation.Hub.Deposits;
using DmpFederation.Hub.National.Copies;

namespace DmpFederation.Hub.National.Deposits;

/// <summary>What is deposited is held against the same rules as what is copied.</summary>
internal sealed class ResourceCheck(IIntakeCheck intake) : IResourceCheck
{
    public ResourceFault? Check(ReadOnlySpan<byte> resource) =>
        intake.Check(resource) is { } fault ? new ResourceFault(fault.Code, fault.Reason) : null;
}
