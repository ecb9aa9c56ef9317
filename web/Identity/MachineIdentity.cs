using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>
/// Machines among the callers: who shows a token instead of a cookie. They reach only what is opened to them, and that only as far as
/// the token's scopes allow.
/// </summary>
internal static class MachineIdentity
{
    /// <summary>The scheme that takes a cookie or a token.</summary>
    public const string Either = "xunke-either";

    /// <summary>The scheme of tokens.</summary>
    public const string Scheme = "xunke-machine";

    /// <summary>What every token begins with, so that it is told from a room's key, and is found where it should not be.</summary>
    public const string Prefix = "xunke_mt_";

    /// <summary>What a machine's name in the audit trail begins with; no account's name can.</summary>
    public const string NamePrefix = "machine:";

    private const string Bearer = "Bearer ";

    private sealed record MachineAccess(bool MayWrite);

    /// <summary>The token of a request, or null.</summary>
    public static string? TokenOf(HttpRequest request)
    {
        string authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && authorization[Bearer.Length..].Trim() is var token && token.StartsWith(Prefix, StringComparison.Ordinal) ? token : null;
    }

    /// <summary>Which scheme a request is looked at by.</summary>
    public static string Choose(HttpContext context) =>
        TokenOf(context.Request) is null ? IdentityConstants.ApplicationScheme : Scheme;

    /// <summary>Who a token stands for.</summary>
    public static ClaimsPrincipal Principal(MachineToken token)
    {
        List<Claim> claims =
        [
            new(ClaimTypes.Name, NamePrefix + token.Name),
            new(ClaimTypes.Role, nameof(Role.Machine)),
            new(Caller.DisplayNameClaim, token.Name),
            new(Caller.MachineScopesClaim, token.Scopes),
        ];
        if (token.SchoolId is { } school)
        {
            claims.Add(new Claim(Caller.SchoolClaim, school));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme));
    }

    /// <summary>Reads the scopes of a token; one that is none of ours allows nothing.</summary>
    public static IReadOnlyList<MachineScope> ReadScopes(string? scopes) => scopes is null ? [] :
    [
        .. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Enum.TryParse(word, out MachineScope scope) && Enum.IsDefined(scope) ? scope : (MachineScope?)null)
            .OfType<MachineScope>(),
    ];

    /// <summary>Opens what these routes read to machines that may, and with <paramref name="mayWrite"/> also what they change.</summary>
    public static TBuilder OpenToMachines<TBuilder>(this TBuilder routes, bool mayWrite = false)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new MachineAccess(mayWrite));

    /// <summary>Keeps machines from everything else: sessions, visits, media and the hub are for people.</summary>
    public static void UseMachines(this WebApplication app) => app.Use((context, next) =>
        IsMachine(context.User) && !IsOpen(context)
            ? Problems.Create(StatusCodes.Status403Forbidden, "not-for-machines", "机器令牌不能用于这里").ExecuteAsync(context)
            : next(context));

    /// <summary>Whether a machine with this permission makes the request.</summary>
    public static bool IsMachineWith(this HttpContext context, Permission permission) =>
        IsMachine(context.User) && Caller.From(context.User).May(permission);

    private static bool IsMachine(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: Scheme };

    private static bool IsOpen(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return true;
        }

        bool isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return endpoint.Metadata.GetMetadata<MachineAccess>() is { } access && (isReading || access.MayWrite);
    }
}
