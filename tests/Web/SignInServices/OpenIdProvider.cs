using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>What a provider does wrong.</summary>
internal enum ProviderFault
{
    None,
    WrongNonce,
    WrongSignature,
    Unsigned,
    Expired,
    OtherAudience,
    OtherIssuer,
    Cancelled,
    TokenRefused,
}

/// <summary>
/// A real OpenID provider on a port of its own: discovery, keys, the code flow with PKCE, user information. Whoever comes is signed in.
/// </summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "xunke-client";
    public const string Secret = "a-secret-of-the-client";

    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Grant> _grants = new();

    private OpenIdProvider(WebApplication app) => _app = app;

    private sealed record Grant(string Subject, string Nonce, string Challenge, string RedirectUri, ProviderFault Fault);

    /// <summary>Who signs in next, with what the provider does wrong then.</summary>
    public (string Subject, ProviderFault Fault) Next { get; set; }

    /// <summary>All that must be in no log: codes and tokens.</summary>
    public ConcurrentBag<string> Secrets { get; } = [Secret];

    public string Address => _app.Urls.First();

    /// <summary>The settings of the service, as the one of that number.</summary>
    public string[] Arguments(int number, string name) => Arguments(number, name, Address);

    public static string[] Arguments(int number, string name, string address) =>
    [
        $"--SignInServices:{number}:Name", name, $"--SignInServices:{number}:Label", "区统一登录",
        $"--SignInServices:{number}:LabelEn", "District sign-in", $"--SignInServices:{number}:Authority", address,
        $"--SignInServices:{number}:ClientId", ClientId, $"--SignInServices:{number}:ClientSecret", Secret,
    ];

    public static async Task<OpenIdProvider> StartAsync(string address = "http://127.0.0.1:0")
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        var provider = new OpenIdProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
        _other.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => new Dictionary<string, object>
        {
            ["issuer"] = Address,
            ["authorization_endpoint"] = $"{Address}/authorize",
            ["token_endpoint"] = $"{Address}/token",
            ["userinfo_endpoint"] = $"{Address}/userinfo",
            ["jwks_uri"] = $"{Address}/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        });
        _app.MapGet("/keys", () =>
        {
            JsonWebKey key = JsonWebKeyConverter.ConvertFromRSASecurityKey(KeyOf(_rsa));
            return new { keys = new[] { new { kty = key.Kty, use = "sig", kid = "one", alg = "RS256", n = key.N, e = key.E } } };
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
        _app.MapGet("/userinfo", (HttpRequest request) =>
            _grants.TryGetValue(request.Headers.Authorization.ToString()["Bearer ".Length..], out Grant? grant)
                ? Results.Json(new { sub = grant.Subject, name = $"{grant.Subject} 的姓名" })
                : Results.Unauthorized());
    }

    private IResult Authorize(HttpRequest request)
    {
        IQueryCollection query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256"
            || !query["scope"].ToString().Split(' ').Contains("openid"))
        {
            return Results.BadRequest("not asked as OpenID says");
        }

        var back = new Dictionary<string, string?> { ["state"] = query["state"] };
        if (Next.Fault is ProviderFault.Cancelled)
        {
            back["error"] = "access_denied";
        }
        else
        {
            back["code"] = Made();
            _grants[back["code"]!] = new Grant(
                Next.Subject, query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString(), Next.Fault);
        }

        Secrets.Add(query["state"].ToString());
        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), back));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        IFormCollection form = await request.ReadFormAsync();
        if (!_grants.TryRemove(form["code"].ToString(), out Grant? grant) || grant.Fault is ProviderFault.TokenRefused
            || form["client_id"] != ClientId || form["client_secret"] != Secret || form["redirect_uri"] != grant.RedirectUri
            || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != grant.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        string access = Made(), token = TokenOf(grant);
        _grants[access] = grant;
        Secrets.Add(token);
        return Results.Json(new { access_token = access, token_type = "Bearer", expires_in = 300, id_token = token });
    }

    private string TokenOf(Grant grant)
    {
        DateTime now = DateTime.UtcNow.AddHours(grant.Fault is ProviderFault.Expired ? -2 : 0);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = grant.Fault is ProviderFault.OtherIssuer ? "http://another.example" : Address,
            Audience = grant.Fault is ProviderFault.OtherAudience ? "another-client" : ClientId,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Subject = new ClaimsIdentity(
            [
                new Claim("sub", grant.Subject),
                new Claim("nonce", grant.Fault is ProviderFault.WrongNonce ? "another" : grant.Nonce),
            ]),
            SigningCredentials = grant.Fault is ProviderFault.Unsigned
                ? null
                : new SigningCredentials(KeyOf(grant.Fault is ProviderFault.WrongSignature ? _other : _rsa), "RS256"),
        });
    }

    private string Made()
    {
        string made = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        Secrets.Add(made);
        return made;
    }

    private static RsaSecurityKey KeyOf(RSA rsa) => new(rsa) { KeyId = "one" };
}
