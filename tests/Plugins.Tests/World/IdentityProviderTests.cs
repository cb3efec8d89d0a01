using System.Text.Json;
using DmpFederation.Demo;
using DmpFederation.Demo.IdentityProvider;
using DmpFederation.SyntheticFrance.Population;
using FluentAssertions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace DmpFederation.Plugins.Tests.World;

public sealed class IdentityProviderTests : IAsyncLifetime
{
    private static readonly Uri Issuer = new("http://127.0.0.1:5099/");
    private static readonly IReadOnlyList<Persona> Everybody = Personas.All(new ListedPatient("279035121518989", "urn:oid:1.2.250.1.213.1.4.10", "Pat", "Zoé"));

    private readonly string folder = Directory.CreateTempSubdirectory("provider-tests-").FullName;
    private readonly HttpClient http = new();
    private WebApplication? provider;

    private Uri Address => new(provider!.Urls.First() + "/");

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        IdentityProviderApp.Add(builder, Issuer, folder);
        provider = builder.Build();
        IdentityProviderApp.Map(provider, Everybody);
        await provider.StartAsync();
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await provider!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_persona_of_the_contract_gets_a_token_that_the_published_keys_verify()
    {
        var file = Path.Combine(folder, "tokens.json");
        await TokenFile.WriteAsync(file, Everybody.Select(persona => persona.Name), Address, http, CancellationToken.None);
        var tokens = JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllTextAsync(file))!;
        tokens.Keys.Should().BeEquivalentTo(
            "doctor", "attending", "pharmacist", "emergency", "hospital", "patient", "analyst", "regionOperator", "nationalOperator", "dpo");
        foreach (var token in tokens.Values)
        {
            var verified = await VerifyAsync(token);
            verified.Typ.Should().Be("at+jwt");
            (verified.ValidTo - verified.IssuedAt).Should().BeCloseTo(TimeSpan.FromHours(12), TimeSpan.FromMinutes(1));
            verified.Azp.Should().Be("partner-portal");
        }
    }

    [Fact]
    public async Task A_professional_carries_the_claims_of_Pro_Sante_Connect_and_one_chosen_situation()
    {
        var token = await VerifyAsync(await TokenFile.AskAsync("attending", Address, http, CancellationToken.None));
        token.Subject.Should().Be("8" + Professionals.Attending.Rpps);
        token.GetPayloadValue<string>("SubjectNameID").Should().Be(token.Subject);
        token.GetPayloadValue<string[]>("SubjectRole").Should().Equal("10^1.2.250.1.213.1.1.5.5");
        token.GetPayloadValue<string>("situation").Should().Be("G15_10/SM26");
        token.GetPayloadValue<string>("SubjectOrganizationID").Should().Be("1" + Professionals.Attending.Finess);
        var reference = token.GetPayloadValue<JsonElement>("SubjectRefPro");
        reference.GetProperty("exercices")[0].GetProperty("codeSavoirFaire").GetString().Should().Be("SM26");
    }

    [Fact]
    public async Task Patients_analysts_and_operators_carry_what_their_role_needs()
    {
        (await VerifyAsync(await TokenFile.AskAsync("patient", Address, http, CancellationToken.None)))
            .GetPayloadValue<string>("ins").Should().Be("urn:oid:1.2.250.1.213.1.4.10|279035121518989");
        (await VerifyAsync(await TokenFile.AskAsync("analyst", Address, http, CancellationToken.None)))
            .GetPayloadValue<string[]>("studies").Should().Equal("demo");
        (await VerifyAsync(await TokenFile.AskAsync("regionOperator", Address, http, CancellationToken.None)))
            .GetPayloadValue<string>("region").Should().Be("franche-comte");
        (await VerifyAsync(await TokenFile.AskAsync("hospital", Address, http, CancellationToken.None)))
            .GetPayloadValue<string>("authentication_mode").Should().Be("indirect");
    }

    [Fact]
    public async Task Who_is_not_a_persona_or_not_a_known_client_gets_no_token()
    {
        var stranger = () => TokenFile.AskAsync("somebody", Address, http, CancellationToken.None);
        (await stranger.Should().ThrowAsync<DemoFault>()).Which.Message.Should().Contain("attending");

        using var form = new FormUrlEncodedContent(
            [new("grant_type", "client_credentials"), new("client_id", "other"), new("client_secret", "demo"), new("persona", "dpo")]);
        using var refused = await http.PostAsync(new Uri(Address, "connect/token"), form);
        refused.IsSuccessStatusCode.Should().BeFalse();
        (await refused.Content.ReadAsStringAsync()).Should().Contain("invalid_client");
    }

    [Fact]
    public void The_signing_key_survives_a_restart_and_is_readable_by_its_owner_only()
    {
        var first = SigningKey.LoadOrCreate(folder);
        SigningKey.LoadOrCreate(folder).KeyId.Should().Be(first.KeyId);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(folder, "signing-key.pem")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private async Task<JsonWebToken> VerifyAsync(string token)
    {
        using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(Address, ".well-known/openid-configuration")));
        discovery.RootElement.GetProperty("issuer").GetString().Should().Be(Issuer.ToString());
        var keys = new JsonWebKeySet(await http.GetStringAsync(new Uri(Address, ".well-known/jwks")));
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer.ToString(),
            ValidAudience = IdentityProviderApp.Audience,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidTypes = ["at+jwt"],
        });
        result.IsValid.Should().BeTrue();
        return (JsonWebToken)result.SecurityToken;
    }
}
