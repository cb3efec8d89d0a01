using System.Text;
using System.Text.Json;
using DmpFederation.PartnerPortal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace DmpFederation.Portal.Tests;

/// <summary>The portal on real Kestrel, the stand-in of the hub and a real Chromium, shared by the tests of a class.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly string folder = Directory.CreateTempSubdirectory("portal-tests-").FullName;
    private IPlaywright? playwright;
    private IBrowser? browser;
    private WebApplication? portal;

    public HubStandIn Hub { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public string TokenOf(string persona) => Token(persona);

    public async Task InitializeAsync()
    {
        Hub = await HubStandIn.StartAsync();
        var tokens = Path.Combine(folder, "tokens.json");
        var patients = Path.Combine(folder, "patients.csv");
        await File.WriteAllTextAsync(tokens, JsonSerializer.Serialize(new[] { "doctor", "patient" }.ToDictionary(persona => persona, Token)));
        await File.WriteAllLinesAsync(patients,
        [
            "ins,system,birthName,givenName,birthDate,sex",
            "279035121518989,urn:oid:1.2.250.1.213.1.4.10,PAT-TROIS,DOMINIQUE,1979-03-28,F",
            "260058815400233,urn:oid:1.2.250.1.213.1.4.10,DARK,JEANNE,1960-05-30,F",
        ]);
        portal = PortalApp.Build(
        [
            "--urls", "http://127.0.0.1:0", "--environment", "Development", $"--Portal:Hub={Hub.Address}", $"--Portal:Tokens={tokens}",
            $"--Portal:Patients={patients}", "--Logging:LogLevel:Default=Warning",
        ]);
        await portal.StartAsync();
        Address = new Uri(portal.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        if (!File.Exists(Chromium))
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    /// <summary>A page of a browser that remembers nothing.</summary>
    public async Task<IPage> PageAsync(int width = 1280, int height = 900)
    {
        Skip.If(browser is null, $"{Chromium} is not installed");
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.ToString(),
            Locale = "fr-FR",
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    /// <summary>A page of a persona who has signed in.</summary>
    public async Task<IPage> SignedInAsync(string persona, int width = 1280, int height = 900)
    {
        var page = await PageAsync(width, height);
        await page.GotoAsync("/", new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator($"button[value={persona}]").ClickAsync();
        await page.WaitForURLAsync("**/dossier");
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return page;
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (portal is not null)
            await portal.DisposeAsync();
        await Hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static string Token(string persona)
    {
        var claims = persona == "patient"
            ? $$"""{"given_name":"Dominique","family_name":"PAT-TROIS","role":"patient","ins":"{{ADossier.Ins}}"}"""
            : """{"given_name":"Claire","family_name":"MARTIN","role":"professional"}""";
        return $"e30.{Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.c2ln";
    }
}
