using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;

namespace Xunke.Web.Identity;

/// <summary>
/// The sessions that last, in memory: every request asks for one. <see cref="LoginKeeper"/> begins and ends them,
/// <see cref="LoginWatch"/> compares them with the accounts.
/// </summary>
internal sealed class Logins(IOptions<IdentitySettings> settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Login> _live = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public ICollection<Login> All => _live.Values;

    /// <summary>Whether the session lasts.</summary>
    public bool IsLive(string loginId) => Find(loginId) is not null;

    /// <summary>A session that lasts, or null.</summary>
    public Login? Find(string? loginId) =>
        loginId is not null && _live.TryGetValue(loginId, out Login? login) && !IsOver(login) ? login : null;

    /// <summary>A session that lasts and is used now, or null.</summary>
    public Login? Use(string? loginId)
    {
        Login? login = Find(loginId);
        login?.Touch(time.GetUtcNow());
        return login;
    }

    /// <summary>Whether it was idle for too long, or reached its limit. A clock that was set back ends none early.</summary>
    public bool IsOver(Login login)
    {
        DateTimeOffset now = time.GetUtcNow();
        return now - login.SeenAt >= TimeSpan.FromHours(settings.Value.SessionIdleHours)
            || now - login.From >= TimeSpan.FromHours(settings.Value.SessionLongestHours);
    }

    /// <summary>Adds one that has begun.</summary>
    public void Add(Login login) => _live[login.Id] = login;

    /// <summary>Takes one out.</summary>
    /// <returns>False when it has ended already.</returns>
    public bool Remove(Login login) => _live.TryRemove(new KeyValuePair<string, Login>(login.Id, login));
}
