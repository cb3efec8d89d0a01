using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace DmpFederation.Hub.Api.Authentication;

internal static class AuthenticationRegistration
{
    public static IServiceCollection AddTokenAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AuthenticationOptions>()
            .Bind(configuration.GetSection(AuthenticationOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<TokenCache>();
        services.TryAddSingleton<ActorReader>();
        services.TryAddSingleton<TokenRefusals>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IOptions<AuthenticationOptions>, TokenCache>(Configure);
        return services;
    }

    private static void Configure(JwtBearerOptions bearer, IOptions<AuthenticationOptions> options, TokenCache cache)
    {
        bearer.Authority = options.Value.Authority;
        bearer.Audience = options.Value.Audience;
        bearer.RequireHttpsMetadata = options.Value.RequireHttpsMetadata;
        bearer.MapInboundClaims = false;
        // Says "expired" or "invalid" in WWW-Authenticate, never a claim.
        bearer.IncludeErrorDetails = true;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(cache);
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = options.Value.Audience,
            ValidateAudience = true,
            ValidateIssuer = true,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // RFC 9068: an ID token must not pass for an access token.
            ValidTypes = ["at+jwt", "application/at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256],
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = "sub",
            RoleClaimType = "role",
        };
        bearer.Events = new JwtBearerEvents
        {
            OnAuthenticationFailed = static context =>
            {
                context.HttpContext.RequestServices.GetRequiredService<ILogger<TokenCache>>().TokenRefused(context.Exception.GetType().Name);
                return Task.CompletedTask;
            },
        };
    }
}
