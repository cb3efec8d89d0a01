using System.Security.Claims;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Api;
using DmpFederation.Hub.Api.Authentication;
using DmpFederation.Hub.Identity;
using FluentAssertions;
using Microsoft.Extensions.Options;
using Xunit;

namespace DmpFederation.Hub.Tests.Api;

public sealed class ActorReaderTests
{
    private const string Doctor = "SubjectRole=10^1.2.250.1.213.1.1.5.5";

    private const string RefPro =
        """SubjectRefPro={"exercices":[{"codeProfession":"10","codeSavoirFaire":"SM26"},{"codeProfession":"10","codeSavoirFaire":"SM04"}]}""";

    [Fact]
    public void A_doctor_is_read_with_the_chosen_situation()
    {
        var actor = Read(
            "role=professional", "SubjectNameID=899700218896", Doctor, "situation=G15_10/SM26", RefPro, "SubjectOrganizationID=1750712184",
            "given_name=Ada", "family_name=MARTIN", "azp=portal", "sub=x").Actor!;

        actor.Should().BeEquivalentTo(new Actor
        {
            Role = ActorRole.Professional,
            Id = "899700218896",
            Name = "Ada MARTIN",
            Profession = "10",
            Specialty = "SM26",
            OrganizationId = "1750712184",
            ClientId = "portal",
        });
    }

    [Theory]
    [InlineData("""SubjectRole=["10^1.2.250.1.213.1.1.5.5"]""")]
    [InlineData("""SubjectRole=["60^1.2.250.1.213.1.1.5.5","10^1.2.250.1.213.1.1.5.5"]""")]
    [InlineData(Doctor)]
    public void A_list_of_roles_may_arrive_as_a_text(string roles) =>
        Read("SubjectNameID=8", roles, "situation=G15_10/SM26").Actor!.Profession.Should().Be("10");

    [Theory]
    [InlineData(ErrorCodes.Unauthenticated, "SUBJECT_NAME_ID_MISSING", "role=professional", Doctor)]
    [InlineData(ErrorCodes.Unauthenticated, "SUBJECT_ROLE_MISSING", "SubjectNameID=8")]
    [InlineData(ErrorCodes.Unauthenticated, "SITUATION_MISSING", "SubjectNameID=8", Doctor, "SubjectRole=60^1.2.250.1.213.1.1.5.5")]
    [InlineData(ErrorCodes.AccessRefused, "SITUATION_NOT_HELD", "SubjectNameID=8", Doctor, "situation=G15_21/A")]
    [InlineData(ErrorCodes.AccessRefused, "SITUATION_NOT_HELD", "SubjectNameID=8", Doctor, "situation=G15_10/SM30", RefPro)]
    [InlineData(ErrorCodes.Unauthenticated, "INS_MISSING", "role=patient", "sub=p")]
    [InlineData(ErrorCodes.Unauthenticated, "INS_UNUSABLE", "role=patient", "sub=p", "ins=279035121518988")]
    [InlineData(ErrorCodes.Unauthenticated, "REGION_MISSING", "role=regionOperator", "sub=o")]
    [InlineData(ErrorCodes.Unauthenticated, "SUB_MISSING", "role=dpo")]
    [InlineData(ErrorCodes.Unauthenticated, "ROLE_UNKNOWN", "role=king", "sub=k")]
    [InlineData(ErrorCodes.Unauthenticated, "ROLE_MISSING", "sub=k")]
    public void A_token_that_does_not_say_who_asks_is_refused_by_rule(string code, string rule, params string[] claims)
    {
        var (actor, problem) = Read(claims);

        actor.Should().BeNull();
        problem!.Code.Should().Be(code);
        problem.Rule.Should().Be(rule);
        problem.Message.Should().NotContain("27903512");
    }

    [Fact]
    public void A_patient_carries_their_own_INS() =>
        Read("role=patient", "sub=p", "ins=urn:oid:1.2.250.1.213.1.4.10|279035121518989").Actor!.PatientIns!.Value.Value
            .Should().Be("279035121518989");

    [Fact]
    public void An_analyst_carries_studies() =>
        Read("role=analyst", "sub=a", """studies=["demo","other"]""").Actor!.Studies.Should().Equal("demo", "other");

    [Fact]
    public void An_operator_carries_a_region() => Read("role=regionOperator", "sub=o", "region=picardie").Actor!.Region.Should().Be("picardie");

    [Fact]
    public void Nobody_is_unauthenticated() =>
        Reader().Read(new ClaimsPrincipal(new ClaimsIdentity())).Problem!.Code.Should().Be(ErrorCodes.Unauthenticated);

    private static (Actor? Actor, Problem? Problem) Read(params string[] claims) => Reader().Read(new ClaimsPrincipal(new ClaimsIdentity(
        claims.Select(static text => text.Split('=', 2)).Select(static parts => new Claim(parts[0], parts[1])), "Bearer")));

    private static ActorReader Reader() => new(Options.Create(new IdentityOptions()));
}
