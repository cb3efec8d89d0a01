using System.Runtime.CompilerServices;
using System.Security.Claims;
using DmpFederation.Hub.Access;
using DmpFederation.Hub.Access.Policy;
using DmpFederation.Hub.Identity;
using Microsoft.Extensions.Options;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>Turns the claims of a validated token into the asker (contract §6, Pro Santé Connect claims).</summary>
internal sealed class ActorReader(IOptions<IdentityOptions> options)
{
    // The identity is the same object for each request with a cached token: its claims are read once.
    private readonly ConditionalWeakTable<ClaimsIdentity, Reading> readings = [];

    /// <summary>Exactly one of the results is not null.</summary>
    public (Actor? Actor, Problem? Problem) Read(ClaimsPrincipal user)
    {
        if (user.Identity is not ClaimsIdentity { IsAuthenticated: true } identity)
            return (null, ProblemMap.Unauthenticated);
        var reading = readings.GetValue(identity, ReadClaims);
        return (reading.Actor, reading.Problem);
    }

    private Reading ReadClaims(ClaimsIdentity identity)
    {
        var claims = new TokenClaims(identity);
        return claims.One("role") switch
        {
            "professional" => Professional(claims),
            null when claims.One("SubjectNameID") is not null => Professional(claims),
            "patient" => Patient(claims),
            "analyst" => Known(claims, ActorRole.Analyst, actor => actor with { Studies = claims.Many("studies") }),
            "regionOperator" => claims.One("region") is { } region
                ? Known(claims, ActorRole.RegionOperator, actor => actor with { Region = region })
                : Unusable("REGION_MISSING"),
            "nationalOperator" => Known(claims, ActorRole.NationalOperator),
            "dpo" => Known(claims, ActorRole.Dpo),
            null => Unusable("ROLE_MISSING"),
            _ => Unusable("ROLE_UNKNOWN"),
        };
    }

    private static Reading Professional(TokenClaims claims)
    {
        if (claims.One("SubjectNameID") is not { } id)
            return Unusable("SUBJECT_NAME_ID_MISSING");
        var professions = claims.Many("SubjectRole").Select(static role => role.Split('^')[0]).Where(static code => code.Length > 0).ToList();
        var situation = Situation.Read(claims.One("situation"));
        if (situation is null && professions.Count > 1)
            return Unusable("SITUATION_MISSING"); // several professions: the chosen one is part of the session
        var profession = situation?.Profession ?? professions.FirstOrDefault();
        if (profession is null)
            return Unusable("SUBJECT_ROLE_MISSING");
        if (professions.Count > 0 && !professions.Contains(profession))
            return new Reading(null, ProblemMap.AccessRefused("SITUATION_NOT_HELD"));
        if (claims.One("SubjectRefPro") is { } record && !ProfessionalRecord.Holds(record, profession, situation?.Specialty))
            return new Reading(null, ProblemMap.AccessRefused("SITUATION_NOT_HELD"));
        // Indirect authentication trusts a structure: without its certificate nobody vouches, and audit must hold both.
        var indirect = claims.One("authentication_mode") == "indirect";
        if (indirect && claims.One("structure_certificate") is null)
            return Unusable("STRUCTURE_CERTIFICATE_MISSING");
        // EX_AIR-085: indirect authentication is forbidden without a named user.
        if (indirect && NameIn(claims) is null)
            return Unusable("NAMED_USER_MISSING");
        return new Reading(
            new Actor
            {
                Role = ActorRole.Professional,
                Id = id,
                Name = NameIn(claims),
                Profession = profession,
                Specialty = situation?.Specialty,
                OrganizationId = claims.One("SubjectOrganizationID"),
                OrganizationName = claims.One("SubjectOrganization"),
                Authentication = indirect ? Access.Authentication.Indirect : Access.Authentication.Direct,
                StructureCertificate = indirect ? claims.One("structure_certificate") : null,
                IsRegulator = claims.One("Acces_Regulation_Medicale") == "VRAI",
                IsConfidential = claims.Many("confidentiality_code").Contains(VisibilityCodes.InvisibleRepresentantsLegaux),
                ClientId = claims.One("azp") ?? claims.One("client_id"),
            },
            null);
    }

    private Reading Patient(TokenClaims claims)
    {
        if (claims.One("ins") is not { } text)
            return Unusable("INS_MISSING");
        var (ins, problem) = Ins.Parse(text, options.Value.DefaultSystem);
        return problem is null
            ? Known(claims, ActorRole.Patient, actor => actor with { PatientIns = ins, Representative = claims.One("representative") })
            : Unusable("INS_UNUSABLE");
    }

    private static Reading Known(TokenClaims claims, ActorRole role, Func<Actor, Actor>? complete = null)
    {
        if (claims.One("sub") is not { } id)
            return Unusable("SUB_MISSING");
        var actor = new Actor { Role = role, Id = id, Name = NameIn(claims), ClientId = claims.One("azp") ?? claims.One("client_id") };
        return new Reading(complete is null ? actor : complete(actor), null);
    }

    private static string? NameIn(TokenClaims claims)
    {
        var name = string.Join(' ', new[] { claims.One("given_name"), claims.One("family_name") }.OfType<string>());
        return name.Length > 0 ? name : claims.One("name");
    }

    private static Reading Unusable(string rule) => new(null, ProblemMap.UnusableToken(rule));

    private sealed record Reading(Actor? Actor, Problem? Problem);
}
