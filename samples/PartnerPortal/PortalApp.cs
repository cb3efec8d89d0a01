using System.Security.Claims;
using DmpFederation.PartnerPortal.Components;
using DmpFederation.PartnerPortal.Demo;
using DmpFederation.PartnerPortal.Hub;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using MudBlazor.Services;

namespace DmpFederation.PartnerPortal;

/// <summary>The portal: pages over the hub's GraphQL, and a demonstration sign-in in the place of Pro Santé Connect.</summary>
internal static class PortalApp
{
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(PortalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddOptions<PortalOptions>().BindConfiguration(PortalOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = "portail";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.LoginPath = "/";
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
        });
        builder.Services.AddSingleton<Personas>();
        builder.Services.AddSingleton<PatientList>();
        builder.Services.AddSingleton<HubClient>();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return next();
        });
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPost("/connexion", SignInAsync);
        app.MapPost("/deconnexion", SignOutAsync);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    private static async Task<IResult> SignInAsync([FromForm] string persona, Personas personas, HttpContext context)
    {
        if (personas.Find(persona) is not { } known)
            return Results.Redirect("/");
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, known.Key)], CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(new ClaimsPrincipal(identity));
        return Results.Redirect("/dossier");
    }

    // The form value makes the endpoint one that antiforgery guards.
    private static async Task<IResult> SignOutAsync([FromForm] string leave, HttpContext context)
    {
        _ = leave;
        await context.SignOutAsync();
        return Results.Redirect("/");
    }
}
