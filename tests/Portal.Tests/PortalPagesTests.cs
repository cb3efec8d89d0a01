using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FluentAssertions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace DmpFederation.Portal.Tests;

/// <summary>What a user of the partner's portal sees, in a real browser.</summary>
public sealed class PortalPagesTests(PortalFixture portal) : IClassFixture<PortalFixture>
{
    private const string TypedIns = "279035121518989";

    [SkippableFact]
    public async Task Signing_in_says_that_it_is_a_demonstration_and_keeps_the_token_on_the_server()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.PageAsync();
        await page.GotoAsync("/");
        await Expect(page.GetByText("Ceci n'est pas une vraie connexion.")).ToBeVisibleAsync();
        await Clean(page);
        await Picture(page, "connexion");

        await page.GetByRole(AriaRole.Button, new() { Name = "Médecin généraliste" }).ClickAsync();
        await page.WaitForURLAsync("**/dossier");

        (await page.ContentAsync()).Should().NotContain(portal.TokenOf("doctor"));
        await Expect(page.GetByText("Claire MARTIN")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Without_signing_in_no_dossier_page_is_shown()
    {
        var page = await portal.PageAsync();
        await page.GotoAsync("/dossier");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connexion de démonstration");
    }

    [SkippableFact]
    public async Task A_professional_reads_the_merged_record_on_one_page_and_the_INS_is_in_no_address()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("doctor");
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await OpenByIns(page);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "PAT-TROIS DOMINIQUE MARIE-LOUISE" })).ToBeVisibleAsync();
        await Expect(page.GetByText("28 mars 1979")).ToBeVisibleAsync();
        await Expect(page.GetByText("Réponse complète : toutes les sources concernées ont répondu")).ToBeVisibleAsync();
        await Expect(page.GetByText("Allergie à la pénicilline, 1998")).ToBeVisibleAsync();
        await Expect(page.GetByText("novembre 2009")).ToBeVisibleAsync();
        await Expect(page.GetByText("Les sources ne disent pas la même chose (date)")).ToBeVisibleAsync();
        var result = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Hémoglobine A1c" }).First;
        await Expect(result).ToContainTextAsync("7,4 %");
        await Expect(result).ToContainTextAsync("Élevé");
        await Expect(result).ToContainTextAsync("réf. 4,0 à 6,0");
        await Expect(result).ToContainTextAsync("Dossier Santé Picardie");

        page.Url.Should().NotContain("2790351");
        addresses.Should().NotContain(address => address.Contains("2790351") || address.Contains("PAT-TROIS"));
        portal.Hub.Questions.Should().Contain(question => question.Ins == TypedIns && question.Authorization == $"Bearer {portal.TokenOf("doctor")}");
        await Clean(page);
        await Picture(page, "dossier");
    }

    [SkippableFact]
    public async Task More_facts_come_page_by_page_until_all_are_shown()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("doctor");
        await OpenByIns(page);
        await Expect(page.GetByText("50 informations affichées, d'autres suivent.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Charger plus" }).ClickAsync();
        await Expect(page.GetByText("100 informations affichées, d'autres suivent.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Charger plus" }).ClickAsync();

        await Expect(page.GetByText("120 informations affichées : ce sont toutes celles des sources qui ont répondu.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Charger plus" })).ToHaveCountAsync(0);
        await Expect(page.Locator("table.facts tbody tr")).ToHaveCountAsync(120);
    }

    [SkippableFact]
    public async Task A_source_that_did_not_answer_is_named_and_absence_is_never_ambiguous()
    {
        portal.Hub.Answers = question => ADossier.To(
            question, ADossier.Sources(franceComte: "FAILED", picardie: "UNKNOWN_PATIENT", reason: "UNREACHABLE"), complete: false, allergies: false);
        var page = await portal.SignedInAsync("doctor");
        await OpenByIns(page);

        await Expect(page.GetByText("Réponse incomplète : des informations peuvent manquer")).ToBeVisibleAsync();
        const string Gap = "Dossier régional de Franche-Comté n'a pas répondu : injoignable (UNREACHABLE)";
        await Expect(page.Locator(".completeness > .gap")).ToHaveTextAsync($"{Gap}.");
        await Expect(page.Locator(".sources")).ToContainTextAsync("Dossier Santé Picardie ne connaît pas ce patient");
        var allergies = page.GetByRole(AriaRole.Region, new() { Name = "Allergies et intolérances" });
        await Expect(allergies).ToContainTextAsync("Aucune allergie enregistrée dans les sources qui ont répondu.");
        await Expect(allergies).ToContainTextAsync($"{Gap} : il peut en contenir.");
        await Clean(page);
        await Picture(page, "incomplet");
    }

    [SkippableFact]
    public async Task A_category_is_asked_of_the_hub_and_its_emptiness_is_said_in_words()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("doctor");
        await OpenByIns(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Biologie" }).ClickAsync();
        await Expect(page.GetByText("30 informations affichées : ce sont toutes")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Biologie" })).ToHaveAttributeAsync("aria-pressed", "true");
        await page.GetByRole(AriaRole.Button, new() { Name = "Imagerie" }).ClickAsync();

        await Expect(page.GetByText("Aucune imagerie enregistrée dans les sources qui ont répondu.")).ToBeVisibleAsync();
        portal.Hub.Questions.Select(question => question.Category).Should().Contain(["LAB_RESULT", "IMAGING"]);
        await Clean(page);
    }

    [SkippableTheory]
    [InlineData("INS_INVALID", null, "Ce numéro n'est pas un INS valide.")]
    [InlineData("ACCESS_REFUSED", "ROLE_PRO", "L'accès à ce dossier ne vous est pas ouvert.")]
    [InlineData("CONSENT_REQUIRED", null, "Le consentement du patient est nécessaire")]
    [InlineData("SOMETHING_NEW", null, "Cela ne dit rien du dossier du patient.")]
    public async Task A_refusal_is_said_plainly_with_its_code(string code, string? rule, string words)
    {
        portal.Hub.Answers = _ => Answer.Refusal(code, rule);
        var page = await portal.SignedInAsync("doctor");
        await OpenByIns(page);

        var alert = page.GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync(words);
        await Expect(alert).ToContainTextAsync(rule is null ? $"Code {code}" : $"Code {code}, règle {rule}");
        await Clean(page);
    }

    [SkippableFact]
    public async Task A_patient_sees_their_own_dossier_at_once_and_can_choose_no_other()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("patient");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "PAT-TROIS DOMINIQUE MARIE-LOUISE" })).ToBeVisibleAsync();
        await Expect(page.GetByText("Choisir un patient")).ToHaveCountAsync(0);
        portal.Hub.Questions[^1].Ins.Should().Be(ADossier.Ins);
    }

    [SkippableFact]
    public async Task The_keyboard_alone_is_enough_to_choose_a_patient_from_the_list()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("doctor");

        await Expect(page.GetByLabel("Patient de démonstration")).ToBeEnabledAsync();
        await page.GetByLabel("Patient de démonstration").FocusAsync();
        await page.Keyboard.TypeAsync("dark");
        await Expect(page.GetByText("DARK JEANNE, 30 mai 1960")).ToBeVisibleAsync();
        await Clean(page);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".identity")).ToBeVisibleAsync();
        portal.Hub.Questions[^1].Ins.Should().Be("urn:oid:1.2.250.1.213.1.4.10|260058815400233");
    }

    [SkippableFact]
    public async Task On_a_telephone_nothing_is_cut_off()
    {
        portal.Hub.Answers = question => ADossier.To(question);
        var page = await portal.SignedInAsync("patient", 360, 740);
        await Expect(page.Locator(".identity")).ToBeVisibleAsync();

        (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(360);
        await Clean(page);
        await Picture(page, "telephone");
    }

    private static async Task OpenByIns(IPage page)
    {
        await page.GetByLabel("ou numéro INS").FillAsync(TypedIns);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir" }).ClickAsync();
        await page.Locator(".identity, .refusal").First.WaitForAsync();
    }

    /// <summary>No finding of axe's rules for WCAG 2.1 A and AA.</summary>
    private static async Task Clean(IPage page)
    {
        var rules = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] };
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = rules });
        result.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").Should().BeEmpty();
    }

    /// <summary>Keeps a picture beside the tests for whoever wants to look.</summary>
    private static Task Picture(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "pictures", $"{name}.png"), FullPage = true });
}
