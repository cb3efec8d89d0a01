using Microsoft.IdentityModel.Tokens;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>Why a token is not believed, as a stable code. Never anything out of the token.</summary>
internal static class TokenFault
{
    public const string Expired = "TOKEN_EXPIRED";
    public const string NotYetValid = "TOKEN_NOT_YET_VALID";
    public const string Issuer = "TOKEN_ISSUER";
    public const string Audience = "TOKEN_AUDIENCE";
    public const string Algorithm = "TOKEN_ALGORITHM";
    public const string Signature = "TOKEN_SIGNATURE";
    public const string Type = "TOKEN_TYPE";
    public const string Malformed = "TOKEN_MALFORMED";
    public const string Other = "TOKEN_REFUSED";

    public static string CodeOf(Exception fault) => fault switch
    {
        SecurityTokenExpiredException or SecurityTokenNoExpirationException => Expired,
        SecurityTokenNotYetValidException => NotYetValid,
        SecurityTokenInvalidIssuerException => Issuer,
        SecurityTokenInvalidAudienceException => Audience,
        SecurityTokenInvalidAlgorithmException => Algorithm,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidSigningKeyException => Signature,
        SecurityTokenInvalidTypeException => Type,
        SecurityTokenMalformedException or ArgumentException => Malformed,
        _ => Other,
    };
}
