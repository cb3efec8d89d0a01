using DmpFederation.Hub;
using DmpFederation.Hub.Access.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DmpFederation.TestKit;

/// <summary>The whole hub for tests about other things than consent: every dossier is open.</summary>
internal static class OpenHub
{
    public static WebApplication Build(string[] args, IReadOnlyDictionary<string, string?> settings) => HubHost.Build(
        args, settings, static builder => builder.Services.Replace(ServiceDescriptor.Singleton<IPolicyStore, OpenPolicies>()));
}
