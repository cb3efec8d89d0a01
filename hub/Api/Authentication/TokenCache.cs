using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DmpFederation.Hub.Api.Authentication;

/// <summary>
/// Validates tokens once: a signature costs more than a small answer. Keyed by the SHA-256 of the token, so that no token stays in memory;
/// holds until the token expires, at most <see cref="AuthenticationOptions.CacheFor"/>. Refusals are not kept. Thread-safe.
/// </summary>
internal sealed class TokenCache(IOptions<AuthenticationOptions> options, TimeProvider clock) : TokenHandler
{
    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<TokenHash, Kept> kept = [];
    private readonly AuthenticationOptions options = options.Value;

    public int Count => kept.Count;

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var hash = TokenHash.Of(token);
        var now = clock.GetUtcNow();
        if (kept.TryGetValue(hash, out var known))
        {
            if (known.Until > now)
                return known.Result;
            kept.TryRemove(hash, out _);
        }

        var result = await handler.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
            Keep(hash, result, now);
        return result;
    }

    public override SecurityToken ReadToken(string token) => handler.ReadToken(token);

    private void Keep(TokenHash hash, TokenValidationResult result, DateTimeOffset now)
    {
        var expiry = new DateTimeOffset(DateTime.SpecifyKind(result.SecurityToken.ValidTo, DateTimeKind.Utc));
        var until = now + options.CacheFor < expiry ? now + options.CacheFor : expiry;
        if (until <= now || options.CachedTokens == 0)
            return;
        if (kept.Count >= options.CachedTokens)
            MakeRoom(now);
        kept[hash] = new Kept(result, until);
    }

    // Rare: drops what has expired, and everything when that is not enough. Being dropped costs one validation.
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var (hash, entry) in kept)
        {
            if (entry.Until <= now)
                kept.TryRemove(hash, out _);
        }

        if (kept.Count >= options.CachedTokens)
            kept.Clear();
    }

    private sealed record Kept(TokenValidationResult Result, DateTimeOffset Until);

    private readonly record struct TokenHash(UInt128 High, UInt128 Low)
    {
        public static TokenHash Of(string token)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
            return new TokenHash(
                System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash),
                System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
        }
    }
}
