using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>Why a session ended.</summary>
internal enum LoginEnd
{
    /// <summary>The person signed out, or signed in anew in the same browser.</summary>
    SignedOut,

    /// <summary>It was not used for too long, or reached its limit.</summary>
    Expired,

    /// <summary>The account was locked.</summary>
    Locked,

    /// <summary>The account is gone.</summary>
    Deleted,

    /// <summary>The account's name, role, school or password was changed.</summary>
    Changed,

    /// <summary>The account's period of office has ended, or was moved to later.</summary>
    OutOfOffice,

    /// <summary>Its row is gone: somebody ended it in the database.</summary>
    Revoked,

    /// <summary>The account has too many newer ones.</summary>
    Superseded,
}

/// <summary>A session that lasts. Whatever hangs on it ends with <see cref="Ended"/>.</summary>
internal sealed class Login
{
    private readonly CancellationTokenSource _ended = new();
    private long _seenAt;
    private volatile bool _hasSecondFactor;

    /// <param name="row">The session on record.</param>
    /// <param name="account">Who it belongs to; <c>PasswordHash</c> and stamp are not kept.</param>
    public Login(LoginSession row, Account account)
    {
        (Id, AccountId, UserName, Granted, From) = (row.Id, row.AccountId, account.UserName!, row.Granted, row.From);
        _seenAt = row.SeenAt.ToUnixTimeMilliseconds();
        StoredSeenAt = row.SeenAt;
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, account.Id),
            new(ClaimTypes.Name, account.UserName!),
            new(ClaimTypes.Role, account.Role.ToString()),
            new(Caller.DisplayNameClaim, account.DisplayName),
            new(Caller.LoginClaim, row.Id),
        ];
        if (account.SchoolId is { } school)
        {
            claims.Add(new Claim(Caller.SchoolClaim, school));
        }

        AddScope(claims, Caller.SchoolsClaim, account.ScopeSchools);
        AddScope(claims, Caller.SubjectsClaim, account.ScopeSubjects);
        HasSecondFactor = account.SecondFactor is not null;
        Principal = new ClaimsPrincipal(new ClaimsIdentity(claims, IdentityConstants.ApplicationScheme));
    }

    /// <summary>What the cookie carries.</summary>
    public string Id { get; }

    /// <summary>Whose it is.</summary>
    public string AccountId { get; }

    /// <summary>The account's name.</summary>
    public string UserName { get; }

    /// <summary>What the account was when it signed in.</summary>
    public string Granted { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset From { get; }

    /// <summary>When it was last used.</summary>
    public DateTimeOffset SeenAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _seenAt));

    /// <summary>What the record says of that.</summary>
    public DateTimeOffset StoredSeenAt { get; set; }

    /// <summary>Who its requests come from.</summary>
    public ClaimsPrincipal Principal { get; }

    /// <summary>Whether the account has a second factor now.</summary>
    public bool HasSecondFactor
    {
        get => _hasSecondFactor;
        set => _hasSecondFactor = value;
    }

    /// <summary>Cancelled at its end. Never disposed, for requests may still ask.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it ended; null while it lasts.</summary>
    public LoginEnd? End { get; private set; }

    /// <summary>Whether its end has been put on record.</summary>
    public bool IsEndOnRecord { get; set; }

    /// <summary>It is used now.</summary>
    public void Touch(DateTimeOffset now) => Volatile.Write(ref _seenAt, now.ToUnixTimeMilliseconds());

    /// <summary>Cuts what hangs on it: requests, downloads, hub connections.</summary>
    public Task CutAsync(LoginEnd end)
    {
        End = end;
        return _ended.CancelAsync();
    }

    private static void AddScope(List<Claim> claims, string type, string? ids)
    {
        if (ids is not null)
        {
            claims.Add(new Claim(type, ids));
        }
    }
}
