using System.Collections.Immutable;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace DmpFederation.Demo.IdentityProvider;

/// <summary>
/// The demo's OpenID provider: stands in for Pro Santé Connect and the patients' own. It has no login page; who asks names the persona
/// (<c>grant_type=client_credentials</c>, <c>persona=doctor</c>). Only ever on loopback: anybody who reaches it may be anybody.
/// </summary>
internal static class IdentityProviderApp
{
    public const string Audience = "dmp-federation";
    public const string PortalClient = "partner-portal";

    /// <summary>Not a secret: it is in this file, and lets in whoever runs the demo.</summary>
    public const string ClientSecret = "demo";

    private const string PersonaParameter = "persona";
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(12);
    private static readonly string[] Clients = [PortalClient, "curl", "demo-console"];

    public static void Add(WebApplicationBuilder builder, Uri issuer, string keyFolder)
    {
        // Tokens are not encrypted, yet the library asks for a key to do so.
        var unused = new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32));
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode()
                .SetIssuer(issuer)
                .SetTokenEndpointUris("connect/token")
                .AllowClientCredentialsFlow()
                .SetAccessTokenLifetime(TokenLifetime)
                .DisableAccessTokenEncryption()
                .AddEncryptionKey(unused)
                .AddSigningKey(SigningKey.LoadOrCreate(keyFolder));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(Validate));
            server.UseAspNetCore().EnableTokenEndpointPassthrough().DisableTransportSecurityRequirement();
        });
    }

    public static void Map(WebApplication app, IReadOnlyList<Persona> personas) => app.MapPost("/connect/token", (HttpContext http) =>
    {
        var request = http.GetOpenIddictServerRequest()!;
        var wanted = (string?)request[PersonaParameter];
        return personas.FirstOrDefault(persona => persona.Name == wanted) is { } persona
            ? Results.SignIn(Principal(persona, request.ClientId!), null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
            : Results.BadRequest(new
            {
                error = Errors.InvalidRequest,
                error_description = "The parameter persona must be one of " + string.Join(", ", personas.Select(persona => persona.Name)) + ".",
            });
    });

    private static ValueTask Validate(ValidateTokenRequestContext context)
    {
        if (!Clients.Contains(context.ClientId) || context.ClientSecret != ClientSecret)
            context.Reject(Errors.InvalidClient, $"client_id must be one of {string.Join(", ", Clients)}, client_secret {ClientSecret}.");
        return default;
    }

    private static ClaimsPrincipal Principal(Persona persona, string client)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, persona.Subject);
        identity.SetClaim(Claims.AuthorizedParty, client);
        identity.SetClaim(PersonaParameter, persona.Name);
        foreach (var (claim, value) in persona.Claims)
        {
            // A list of one would become a plain text if it were added as claims of their own.
            if (value is System.Text.Json.Nodes.JsonValue text)
                identity.SetClaim(claim, text.GetValue<string>());
            else
                identity.AddClaim(new Claim(claim, value.ToJsonString(), value is System.Text.Json.Nodes.JsonArray ? "JSON_ARRAY" : "JSON"));
        }

        identity.SetResources(Audience);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        return new ClaimsPrincipal(identity);
    }
}
