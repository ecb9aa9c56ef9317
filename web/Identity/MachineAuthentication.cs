using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>Lets a token stand for its machine. It is looked up with each request: one that is revoked is none from then on.</summary>
internal sealed class MachineAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, RecordsContext records,
    TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    private const int LongestToken = 100;

    // When a token was last used is written this often.
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (MachineIdentity.TokenOf(Request) is not { Length: <= LongestToken } shown)
        {
            return AuthenticateResult.NoResult();
        }

        (string digest, DateTimeOffset now) = (LinkToken.DigestOf(shown), time.GetUtcNow());
        MachineToken? token = await records.MachineTokens.AsNoTracking()
            .SingleOrDefaultAsync(one => one.Digest == digest && one.RevokedAt == null && one.ExpiresAt > now, Context.RequestAborted);
        if (token is null)
        {
            return AuthenticateResult.Fail("no such token");
        }

        if (token.UsedAt is not { } used || now - used >= Noted)
        {
            await records.MachineTokens.Where(one => one.Id == token.Id)
                .ExecuteUpdateAsync(one => one.SetProperty(row => row.UsedAt, now), Context.RequestAborted);
        }

        return AuthenticateResult.Success(new AuthenticationTicket(MachineIdentity.Principal(token), Scheme.Name));
    }

    /// <inheritdoc />
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Create(StatusCodes.Status401Unauthorized, "bad-token", "令牌无效、已过期或已撤销").ExecuteAsync(Context);
    }

    /// <inheritdoc />
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.Forbidden().ExecuteAsync(Context);
}
