using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Xunke.Web.Configuration;

namespace Xunke.Web.SignInServices;

/// <summary>
/// Signs in by a service that goes OAuth's way with names of its own: state, correlation and PKCE are ASP.NET Core's, only what the
/// parameters are called and where the answers stand is the settings'.
/// </summary>
internal sealed class NamedParametersHandler(IOptionsMonitor<NamedParametersOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OAuthHandler<NamedParametersOptions>(options, loggers, encoder)
{
    private const string UsualCode = "code";

    private string _code = string.Empty;
    private AuthenticationProperties? _properties;

    private SignInServiceSettings Names => Options.Service.Settings;

    /// <inheritdoc />
    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        if (Names.CodeParameter != UsualCode)
        {
            var query = new Dictionary<string, StringValues>(Request.Query, StringComparer.OrdinalIgnoreCase);
            query[UsualCode] = Request.Query[Names.CodeParameter];
            Request.Query = new QueryCollection(query);
        }

        try
        {
            return await base.HandleRemoteAuthenticateAsync();
        }
        catch (Exception fault) when (_properties is not null)
        {
            // They say where the browser began, and is led back to.
            return HandleRequestResult.Fail(fault, _properties);
        }
    }

    /// <inheritdoc />
    protected override string BuildChallengeUrl(AuthenticationProperties properties, string redirectUri)
    {
        string usual = base.BuildChallengeUrl(properties, redirectUri);
        Dictionary<string, StringValues> query = QueryHelpers.ParseQuery(new Uri(usual).Query);
        Rename(query, "client_id", Names.ClientIdParameter);
        Rename(query, "redirect_uri", Names.RedirectUriParameter);
        if (StringValues.IsNullOrEmpty(query.GetValueOrDefault("scope")))
        {
            query.Remove("scope");
        }

        foreach ((string name, string value) in Options.Service.AuthorizationParameters)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(usual.Split('?')[0], query);
    }

    /// <inheritdoc />
    protected override async Task<OAuthTokenResponse> ExchangeCodeAsync(OAuthCodeExchangeContext context)
    {
        (_code, _properties) = (context.Code, context.Properties);
        var words = new Dictionary<string, string?>
        {
            [Names.TokenClientIdParameter ?? Names.ClientIdParameter] = Options.ClientId,
            [Names.ClientSecretParameter] = Options.ClientSecret,
            [Names.TokenCodeParameter] = context.Code,
            [Names.GrantTypeParameter] = "authorization_code",
            [Names.RedirectUriParameter] = context.RedirectUri,
        };
        if (context.Properties.Items.Remove(OAuthConstants.CodeVerifierKey, out string? verifier))
        {
            words[OAuthConstants.CodeVerifierKey] = verifier;
        }

        using HttpRequestMessage request = Names.TokenRequest switch
        {
            "query" => new HttpRequestMessage(HttpMethod.Get, QueryHelpers.AddQueryString(Options.TokenEndpoint, words)),
            "json" => new HttpRequestMessage(HttpMethod.Post, Options.TokenEndpoint) { Content = JsonContent.Create(words) },
            _ => new HttpRequestMessage(HttpMethod.Post, Options.TokenEndpoint) { Content = new FormUrlEncodedContent(words) },
        };
        JsonDocument answer = await AskAsync(request, "token");
        if (TextAt(answer.RootElement, Names.AccessTokenName) is not { } token)
        {
            answer.Dispose();
            return OAuthTokenResponse.Failed(new AuthenticationFailureException("the service gave no access token"));
        }

        var given = OAuthTokenResponse.Success(answer);
        given.AccessToken = token;
        return given;
    }

    /// <inheritdoc />
    protected override async Task<AuthenticationTicket> CreateTicketAsync(
        ClaimsIdentity identity, AuthenticationProperties properties, OAuthTokenResponse tokens)
    {
        string address = Options.UserInformationEndpoint;
        if (Names.AccessTokenParameter is { } parameter)
        {
            address = QueryHelpers.AddQueryString(address, parameter, tokens.AccessToken!);
        }

        if (Names.UserInfoCodeParameter is { } code)
        {
            address = QueryHelpers.AddQueryString(address, code, _code);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (Names.AccessTokenHeader is { } header)
        {
            request.Headers.Add(header, tokens.AccessToken);
        }
        else if (Names.AccessTokenParameter is null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        }

        using JsonDocument answer = await AskAsync(request, "user information");
        Add(identity, Names.SubjectClaim, answer.RootElement);
        Add(identity, Names.NameClaim, answer.RootElement);
        return new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
    }

    private async Task<JsonDocument> AskAsync(HttpRequestMessage request, string what)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using HttpResponseMessage answer = await Backchannel.SendAsync(request, Context.RequestAborted);
        // Not the answer itself: it may repeat what it was asked with.
        return answer.IsSuccessStatusCode
            ? await JsonDocument.ParseAsync(
                await answer.Content.ReadAsStreamAsync(Context.RequestAborted), cancellationToken: Context.RequestAborted)
            : throw new HttpRequestException($"the service answered {(int)answer.StatusCode} for the {what}", null, answer.StatusCode);
    }

    private static void Add(ClaimsIdentity identity, string name, JsonElement told)
    {
        if (TextAt(told, name) is { } value)
        {
            identity.AddClaim(new Claim(name, value));
        }
    }

    /// <summary>A text or a number in an answer; "data.userid" goes level by level. Null: there is none.</summary>
    internal static string? TextAt(JsonElement told, string path)
    {
        foreach (string name in path.Split('.'))
        {
            if (told.ValueKind is not JsonValueKind.Object || !told.TryGetProperty(name, out told))
            {
                return null;
            }
        }

        return told.ValueKind switch
        {
            JsonValueKind.String when told.GetString() is { Length: > 0 } text => text,
            JsonValueKind.Number => told.GetRawText(),
            _ => null,
        };
    }

    private static void Rename(Dictionary<string, StringValues> query, string usual, string named)
    {
        if (named != usual && query.Remove(usual, out StringValues value))
        {
            query[named] = value;
        }
    }
}
