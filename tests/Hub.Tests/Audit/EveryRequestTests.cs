using DmpFederation.Hub.Access;
using DmpFederation.Hub.Audit;
using DmpFederation.Hub.Federation.Overlap;
using FluentAssertions;
using MediatR;
using Xunit;

namespace DmpFederation.Hub.Tests.Audit;

/// <summary>A use case that forgets to be decided on or written down fails here, not in a review.</summary>
public sealed class EveryRequestTests
{
    /// <summary>Requests that decide themselves, each with its reason.</summary>
    private static readonly Type[] DecideThemselves =
    [
        // By role alone: figures without anybody's identity (ACC-130).
        typeof(MeasureOverlap),
    ];

    private static readonly List<(Type Request, Type Response)> Requests =
    [
        .. typeof(HubHost).Assembly.GetTypes().Where(static type => type is { IsAbstract: false, IsInterface: false }).SelectMany(static type => type
            .GetInterfaces()
            .Where(static contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IRequest<>))
            .Select(contract => (type, contract.GenericTypeArguments[0]))),
    ];

    [Fact]
    public void Every_request_says_what_it_leaves_in_the_audit() => Requests
        .Where(static one => !typeof(IAudited<>).MakeGenericType(one.Response).IsAssignableFrom(one.Request))
        .Select(static one => one.Request.Name)
        .Should().BeEmpty();

    [Fact]
    public void Every_request_is_decided_on() => Requests
        .Where(static one => !one.Request.GetInterfaces().Any(IsDecision))
        .Select(static one => one.Request)
        .Should().BeEquivalentTo(DecideThemselves);

    [Fact]
    public void There_are_requests() => Requests.Should().HaveCountGreaterThan(5);

    private static bool IsDecision(Type contract) =>
        contract.Namespace!.StartsWith(typeof(IRequireDecision).Namespace!, StringComparison.Ordinal)
        && contract.Name.StartsWith("IRequire", StringComparison.Ordinal);
}
