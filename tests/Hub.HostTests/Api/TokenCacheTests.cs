using DmpFederation.Hub.Api.Authentication;
using FluentAssertions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DmpFederation.Hub.HostTests.Api;

public sealed class TokenCacheTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_token_is_validated_once_and_a_refused_one_is_not_kept()
    {
        var cache = host.Services.GetRequiredService<TokenCache>();
        var before = cache.Count;
        host.Client.DefaultRequestHeaders.Remove("Authorization");
        var token = host.Token();
        var foreign = host.Token(static descriptor => descriptor.Audience = "other");

        for (var i = 0; i < 3; i++)
        {
            using var good = await host.PostAsync("""{"query":"{ me { id } }"}""", token: $"Bearer {token}");
            using var bad = await host.PostAsync("""{"query":"{ me { id } }"}""", token: $"Bearer {foreign}");
            ((int)good.StatusCode, (int)bad.StatusCode).Should().Be((200, 401));
        }

        cache.Count.Should().Be(before + 1);
    }
}
