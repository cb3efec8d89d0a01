using FluentAssertions;
using Microsoft.Playwright;
using Xunit;

namespace DmpFederation.Hub.HostTests.Api;

/// <summary><c>/graphql/ui</c> in a real Chromium.</summary>
public sealed class GraphQlPageTests(ApiHost host) : IClassFixture<ApiHost>, IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly List<string> complaints = [];
    private IPlaywright? playwright;
    private IBrowser? browser;
    private IPage? page;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Chromium))
            return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        });
        page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 860 } });
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !message.Text.Contains("401", StringComparison.Ordinal))
                complaints.Add(message.Text);
        };
        page.PageError += (_, fault) => complaints.Add(fault);
        await page.GotoAsync(new Uri(host.Address, "/graphql/ui").ToString());
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
    }

    [SkippableFact]
    public async Task Completion_offers_the_fields_arguments_and_values_of_the_place()
    {
        await SignInAsync();

        (await CompletionsAsync("{ ")).Should().Contain(["dossier", "dossiers", "sources", "me"]);
        (await CompletionsAsync("{ dossier(")).Should().BeEquivalentTo("ins", "purpose", "ticket");
        (await CompletionsAsync("{ dossier(purpose: ")).Should().Contain(["TREATMENT", "PATIENT_REQUEST"]);
        (await CompletionsAsync("query($ins: INS!) { dossier(ins: $")).Should().Equal("$ins");
        (await CompletionsAsync("{ dossier(ins: \"1\") { ")).Should().Contain(["entries", "complete", "patient"]).And.NotContain("dossiers");
        (await CompletionsAsync("{ dossier(ins: \"1\") { x: entries(filter: { ")).Should().Contain(["categories", "from"]);
        (await CompletionsAsync("{ dossier(ins: \"1\") { entries(filter: { categories: [LAB_RESULT, ME")).Should().Contain("MEDICATION");
        (await CompletionsAsync("{ dossier(ins: \"1\") { entries { nodes { code { display } or")).Should().Contain("origins");
        (await CompletionsAsync("{ dossier(ins: \"1\") { ... on Dossier { pat")).Should().Contain("patient");
        (await CompletionsAsync("fragment f on Source { ")).Should().Contain("patientKeys");
        (await CompletionsAsync("query($a: Pur")).Should().Contain("Purpose");
        (await CompletionsAsync("{ me @inc")).Should().Contain("@include");
        complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_completion_is_taken_by_keyboard()
    {
        await SignInAsync();
        await CompletionsAsync("{ me { prof");

        await page!.Keyboard.PressAsync("Enter");

        (await page.InputValueAsync("#query-input")).Should().Be("{ me { profession");
    }

    [SkippableFact]
    public async Task A_query_is_run_and_its_answer_and_errors_are_shown()
    {
        await SignInAsync();
        await page!.FillAsync("#variables-input", $$"""{ "ins": "{{ApiHost.Ins}}" }""");
        await page.FocusAsync("#query-input");

        await page.Keyboard.PressAsync("Control+Enter");
        await page.WaitForSelectorAsync("body[data-answer=shown]");

        (await page.InnerTextAsync("#status")).Should().StartWith("200").And.Contain("ms");
        (await page.InnerTextAsync("#answer")).Should().Contain("\"title\": \"Fact f1\"").And.Contain("\"sourceId\": \"south\"");
        (await page.InnerTextAsync("#errors")).Should().Contain("SOURCE_TIMED_OUT").And.Contain("south");
        await ScreenshotAsync("graphql-ui.png");
        complaints.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_schema_can_be_read_and_searched()
    {
        await SignInAsync();
        await page!.FillAsync("#docs-search", "conflict");

        (await page.InnerTextAsync("#docs-body")).Should().Contain("Entry.conflicts");
        await page.ClickAsync("#docs-body button >> text=Entry");
        (await page.InnerTextAsync("#docs-body")).Should().Contain("confidentiality: [String!]!");
    }

    [SkippableFact]
    public async Task Prettify_lays_the_query_out_again()
    {
        Skip.If(page is null, "Chromium is not installed.");
        const string Query = "query Q($ins:INS!,$n:Int=5){dossier(ins:$ins){a:complete @include(if:true) ...f "
            + "entries(filter:{categories:[LAB_RESULT,OTHER]}){hasNext}}} fragment f on Dossier{ins}";
        await page!.FillAsync("#query-input", Query);

        await page.ClickAsync("#prettify");

        (await page.InputValueAsync("#query-input")).Should().Be(
            """
            query Q($ins: INS!, $n: Int = 5) {
              dossier(ins: $ins) {
                a: complete @include(if: true)
                ...f
                entries(filter: { categories: [LAB_RESULT, OTHER] }) {
                  hasNext
                }
              }
            }

            fragment f on Dossier {
              ins
            }

            """.ReplaceLineEndings("\n"));
    }

    [SkippableFact]
    public async Task Without_a_token_the_page_shows_the_refusal()
    {
        Skip.If(page is null, "Chromium is not installed.");
        await page!.FillAsync("#query-input", "{ me { id } }");
        await page.ClickAsync("#run");
        await page.WaitForSelectorAsync("body[data-answer=shown]");

        (await page.InnerTextAsync("#errors")).Should().Contain("UNAUTHENTICATED");
    }

    private async Task SignInAsync()
    {
        Skip.If(page is null, "Chromium is not installed.");
        await page!.FillAsync("#token", host.Token());
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForSelectorAsync("body[data-schema=ready]");
    }

    private async Task<IReadOnlyList<string>> CompletionsAsync(string text)
    {
        await page!.FillAsync("#query-input", text);
        await page.FocusAsync("#query-input");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+Space");
        return await page.Locator("ul.popup:not([hidden]) .label").AllInnerTextsAsync();
    }

    // Kept where somebody who wants to look at the page says so.
    private async Task ScreenshotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("DMPFED_SCREENSHOTS") is { Length: > 0 } folder)
            await page!.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name) });
    }
}
