using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Xunke.Tests.Web.SignInServices;

/// <summary>
/// Two services that are no OpenID providers: one as WeCom has it (the token by GET and without the code, the code beside the token),
/// one as DingTalk has it (JSON, a header, "authCode").
/// </summary>
internal sealed class OddService : IAsyncDisposable
{
    public const string Secret = "the-odd-secret";

    private readonly WebApplication _app;
    private string _code = string.Empty;

    private OddService(WebApplication app) => _app = app;

    /// <summary>The state that the browser last brought.</summary>
    public string State { get; private set; } = string.Empty;

    public string Address => _app.Urls.First();

    public string[] WeCom(int number) => Arguments(
        number, ("Name", "wecom"), ("Label", "企业微信"), ("LabelEn", "WeCom"), ("ClientId", "corp-1"), ("ClientSecret", Secret),
        ("AuthorizationEndpoint", $"{Address}/qr"), ("TokenEndpoint", $"{Address}/gettoken"),
        ("UserInfoEndpoint", $"{Address}/getuserinfo"), ("ClientIdParameter", "appid"), ("TokenClientIdParameter", "corpid"),
        ("ClientSecretParameter", "corpsecret"), ("TokenRequest", "query"), ("AccessTokenParameter", "access_token"),
        ("UserInfoCodeParameter", "code"), ("SubjectClaim", "userid"), ("Pkce", "false"),
        ("AuthorizationParameters", "agentid=1000002&login_type=CorpApp"));

    public string[] DingTalk(int number) => Arguments(
        number, ("Name", "dingtalk"), ("Label", "钉钉"), ("ClientId", "ding-1"), ("ClientSecret", Secret), ("Scope", "openid"),
        ("AuthorizationEndpoint", $"{Address}/auth"), ("TokenEndpoint", $"{Address}/userAccessToken"),
        ("UserInfoEndpoint", $"{Address}/users/me"), ("CodeParameter", "authCode"), ("TokenRequest", "json"),
        ("TokenClientIdParameter", "clientId"), ("ClientSecretParameter", "clientSecret"), ("GrantTypeParameter", "grantType"),
        ("AccessTokenName", "data.accessToken"), ("AccessTokenHeader", "x-acs-dingtalk-access-token"),
        ("SubjectClaim", "unionId"), ("NameClaim", "nick"), ("AuthorizationParameters", "prompt=consent"));

    public static async Task<OddService> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = new OddService(builder.Build());
        service.Map();
        await service._app.StartAsync();
        return service;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        _app.MapGet("/qr", (HttpRequest request) =>
            request.Query["appid"] == "corp-1" && request.Query["agentid"] == "1000002" ? Back(request, "code") : Results.BadRequest());
        _app.MapGet("/gettoken", (string corpid, string corpsecret) => corpid == "corp-1" && corpsecret == Secret
            ? Results.Json(new { errcode = 0, access_token = "corp-token" })
            : Results.Json(new { errcode = 40001 }));
        _app.MapGet("/getuserinfo", (string access_token, string code) => access_token == "corp-token" && code == _code
            ? Results.Json(new { errcode = 0, userid = "zhangsan" })
            : Results.Json(new { errcode = 40029 }));

        _app.MapGet("/auth", (HttpRequest request) =>
            request.Query["client_id"] == "ding-1" && request.Query["prompt"] == "consent" && request.Query["scope"] == "openid"
                ? Back(request, "authCode")
                : Results.BadRequest());
        _app.MapPost("/userAccessToken", (JsonElement body) =>
            body.GetProperty("clientId").GetString() == "ding-1" && body.GetProperty("clientSecret").GetString() == Secret
            && body.GetProperty("code").GetString() == _code && body.GetProperty("grantType").GetString() == "authorization_code"
                ? Results.Json(new { data = new { accessToken = "ding-token", expireIn = 7200 } })
                : Results.Json(new { code = "invalid" }, statusCode: 400));
        _app.MapGet("/users/me", (HttpRequest request) => request.Headers["x-acs-dingtalk-access-token"] == "ding-token"
            ? Results.Json(new { nick = "张三", unionId = "union-7" })
            : Results.Unauthorized());
    }

    private IResult Back(HttpRequest request, string named)
    {
        State = request.Query["state"].ToString();
        _code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
        return Results.Redirect(QueryHelpers.AddQueryString(
            request.Query["redirect_uri"].ToString(), new Dictionary<string, string?> { [named] = _code, ["state"] = State }));
    }

    private static string[] Arguments(int number, params (string Key, string Value)[] settings) =>
        [.. settings.SelectMany(one => (string[])[$"--SignInServices:{number}:{one.Key}", one.Value])];
}
