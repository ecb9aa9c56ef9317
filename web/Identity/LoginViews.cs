using System.Security.Cryptography;
using System.Text;

namespace Xunke.Web.Identity;

/// <summary>A session of an account.</summary>
internal sealed record SessionView(string SessionId, DateTimeOffset From, DateTimeOffset SeenAt, bool IsThis);

/// <summary>The sessions of an account, newest first.</summary>
internal sealed record SessionList(IEnumerable<SessionView> Sessions);

/// <summary>Sessions as people are shown them.</summary>
internal static class LoginViews
{
    /// <summary>An account's sessions.</summary>
    public static SessionList ListOf(this Logins logins, string accountId, Caller caller) => new(logins.All
        .Where(login => login.AccountId == accountId)
        .OrderByDescending(login => login.SeenAt)
        .Select(login => new SessionView(PublicIdOf(login.Id), login.From, login.SeenAt, login.Id == caller.LoginId)));

    /// <summary>One of an account's sessions by the name that it is shown with, or null.</summary>
    public static Login? FindOf(this Logins logins, string accountId, string sessionId) =>
        logins.All.FirstOrDefault(login => login.AccountId == accountId && PublicIdOf(login.Id) == sessionId);

    // A session's own id is what its cookie carries.
    private static string PublicIdOf(string loginId) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(loginId)))[..16];
}
