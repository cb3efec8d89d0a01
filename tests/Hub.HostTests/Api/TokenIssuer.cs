using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DmpFederation.Hub.HostTests.Api;

/// <summary>An issuer of tokens with a key of its own.</summary>
internal sealed class TokenIssuer
{
    public const string Issuer = "https://issuer.test/";

    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "test" };

    /// <summary>What a hub has to know of it.</summary>
    public OpenIdConnectConfiguration Configuration
    {
        get
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            configuration.SigningKeys.Add(key);
            return configuration;
        }
    }

    /// <summary>Its public keys, as an issuer publishes them (JWK set).</summary>
    public string Keys
    {
        get
        {
            var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
            return $$"""
                { "keys": [{ "kty": "RSA", "use": "sig", "kid": "{{key.KeyId}}",
                  "n": "{{Base64UrlEncoder.Encode(parameters.Modulus)}}", "e": "{{Base64UrlEncoder.Encode(parameters.Exponent)}}" }] }
                """;
        }
    }

    /// <summary>Makes a hub that was built, and has not served yet, believe this issuer.</summary>
    public void MakeTrusted(IOptionsMonitor<JwtBearerOptions> options) =>
        options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager =
            new Microsoft.IdentityModel.Protocols.StaticConfigurationManager<OpenIdConnectConfiguration>(Configuration);

    /// <summary>A doctor's token, with what the test wants changed.</summary>
    public string Token(Action<SecurityTokenDescriptor>? change = null)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = "dmp-federation",
            TokenType = "at+jwt",
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = "doctor",
                ["role"] = "professional",
                ["SubjectNameID"] = "899700218896",
                ["SubjectRole"] = new[] { "10^1.2.250.1.213.1.1.5.5" },
                ["situation"] = "G15_10/SM26",
            },
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = true }.CreateToken(descriptor);
    }

    /// <summary>The token of a patient, who reads the own dossier.</summary>
    public string Patient(string ins) => Token(
        descriptor => descriptor.Claims = new Dictionary<string, object> { ["sub"] = $"patient-{ins.Length}", ["role"] = "patient", ["ins"] = ins });

    /// <summary>The token of somebody who runs or oversees sources.</summary>
    public string Steward(string role, string? region = null) => Token(descriptor =>
    {
        descriptor.Claims = new Dictionary<string, object> { ["sub"] = $"the-{role}", ["role"] = role };
        if (region is not null)
            descriptor.Claims["region"] = region;
    });
}
