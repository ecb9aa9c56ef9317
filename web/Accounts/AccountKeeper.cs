using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books.Editing;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Identity;

namespace Xunke.Web.Accounts;

/// <summary>Makes, changes and locks accounts. Access that is taken away ends within seconds: the sessions are compared.</summary>
internal sealed class AccountKeeper(
    RecordsContext records, UserManager<Account> accounts, Invitations invitations, Logins logins, TeachersBook teachers,
    BookReaders readers, SecondFactors factors, AuditTrail audit, TimeProvider time)
{
    /// <summary>Of one school; larger ones take a second time.</summary>
    private const int MostAtOnce = 300;

    /// <summary>An account's link, as it is handed out.</summary>
    internal sealed record Link(string Token, DateTimeOffset ExpiresAt);

    // As text: what somebody wrote into the database by hand must not fail the list.
    private sealed record Row(
        string Id, string UserName, string DisplayName, string Role, string? SchoolId, string? ScopeSchools, string? ScopeSubjects,
        string? OfficeFrom, string? OfficeUntil, bool HasSecondFactor, string? PasswordHash, string? LockoutEnd)
    {
        public Scope Scope => Scope.Read(ScopeSchools, ScopeSubjects);
    }

    private IQueryable<Row> Rows => records.Database.SqlQuery<Row>(
        $"""
        SELECT "Id", "UserName", "DisplayName", "Role", "SchoolId", "ScopeSchools", "ScopeSubjects",
               CAST("OfficeFrom" AS TEXT) AS "OfficeFrom", CAST("OfficeUntil" AS TEXT) AS "OfficeUntil",
               "SecondFactor" IS NOT NULL AS "HasSecondFactor", "PasswordHash", CAST("LockoutEnd" AS TEXT) AS "LockoutEnd"
        FROM "AspNetUsers"
        """);

    /// <summary>The accounts that the caller may look after, by name. One whose role is none of ours is the console's.</summary>
    public async Task<IReadOnlyList<AccountView>> ListAsync(Caller caller, string? schoolId, CancellationToken cancellationToken)
    {
        List<Row> found = await Rows.Where(row => schoolId == null || row.SchoolId == schoolId)
            .OrderBy(row => row.UserName).ToListAsync(cancellationToken);
        return await ShowAsync(
            [.. found.Where(row => Enum.TryParse(row.Role, out Role role) && caller.MayManage(role, row.SchoolId))], cancellationToken);
    }

    /// <summary>An account that the caller may look after, or null.</summary>
    public async Task<Account?> FindAsync(Caller caller, string userName)
    {
        try
        {
            return await accounts.FindByNameAsync(userName) is { } account && caller.MayManage(account.Role, account.SchoolId)
                ? account
                : null;
        }
        catch (Exception fault) when (fault is FormatException or InvalidCastException or InvalidOperationException)
        {
            // Its row cannot be read: the console says what is wrong with it.
            return null;
        }
    }

    /// <summary>An account as it is shown.</summary>
    public async Task<AccountView> ShowAsync(Account account) => (await ShowAsync(
        await Rows.Where(row => row.Id == account.Id).ToListAsync(), CancellationToken.None))[0];

    /// <summary>Makes an account without a password, and a link to choose one.</summary>
    /// <exception cref="InvalidOperationException">Identity refuses it; the entry was not checked.</exception>
    public async Task<Link> MakeAsync(Caller caller, CheckedAccount wanted)
    {
        Link? link = null;
        await audit.CommitAsync(records, async deed => link = await MakeAsync(deed, caller, wanted));
        await readers.ReadAgainAsync();
        return link!;
    }

    /// <summary>Makes accounts for a school's teachers who have none, all or nothing, by their numbers or ids.</summary>
    /// <returns>Each with its link; null: the name of the account is taken.</returns>
    public async Task<IReadOnlyList<(Teacher Teacher, string UserName, Link? Link)>> MakeForTeachersAsync(Caller caller, string schoolId)
    {
        var made = new List<(Teacher, string, Link?)>();
        await audit.CommitAsync(records, async deed =>
        {
            List<Teacher> without = await records.Teachers.AsNoTracking()
                .Where(teacher => teacher.SchoolId == schoolId && teacher.UserName == null)
                .OrderBy(teacher => teacher.Number).ThenBy(teacher => teacher.Id).Take(MostAtOnce).ToListAsync();
            foreach (Teacher teacher in without)
            {
                var wanted = CheckedAccount.For(teacher);
                made.Add((teacher, wanted.UserName, await accounts.FindByNameAsync(wanted.UserName) is null
                    ? await MakeAsync(deed, caller, wanted)
                    : null));
            }
        });
        await readers.ReadAgainAsync();
        return made;
    }

    /// <summary>Changes who an account is for and what it is for.</summary>
    public async Task ChangeAsync(Caller caller, Account account, CheckedAccount wanted)
    {
        await audit.CommitAsync(records, async deed =>
        {
            (account.DisplayName, account.Role, account.SchoolId) = (wanted.DisplayName, wanted.Role, wanted.SchoolId);
            Limit(account, wanted);
            Saved(await accounts.UpdateAsync(account));
            await LinkTeacherAsync(deed, caller, wanted);
            deed.Tell(caller.UserName, "account.changed", Describe(wanted));
        });
        await readers.ReadAgainAsync();
    }

    /// <summary>Gives an account a new link: the first was lost, or the password is forgotten. The old password lasts until it is
    /// used.</summary>
    public async Task<Link> InviteAsync(Caller caller, Account account)
    {
        Link? link = null;
        await audit.CommitAsync(records, async deed =>
        {
            (string token, DateTimeOffset until) = await invitations.MakeAsync(deed, account, caller.UserName);
            link = new Link(token, until);
        });
        return link!;
    }

    /// <summary>Locks an account for good, or lets it in again.</summary>
    public Task SetLockedAsync(Caller caller, Account account, bool locked) => audit.CommitAsync(records, async deed =>
    {
        Saved(await accounts.SetLockoutEnabledAsync(account, true));
        Saved(await accounts.SetLockoutEndDateAsync(account, locked ? DateTimeOffset.MaxValue : null));
        deed.Tell(caller.UserName, locked ? "account.locked" : "account.unlocked", account.UserName!);
    });

    /// <summary>Takes an account's second factor away, for a person who has lost it; its sessions end.</summary>
    public Task RemoveSecondFactorAsync(Caller caller, Account account) => audit.CommitAsync(records, async deed =>
    {
        await factors.RemoveAsync(deed, account, caller.UserName);
        Saved(await accounts.UpdateSecurityStampAsync(account));
    });

    private static void Limit(Account account, CheckedAccount wanted)
    {
        (account.ScopeSchools, account.ScopeSubjects) = (Scope.Join(wanted.Scope.Schools), Scope.Join(wanted.Scope.Subjects));
        (account.OfficeFrom, account.OfficeUntil) = (wanted.OfficeFrom, wanted.OfficeUntil);
    }

    private async Task<Link> MakeAsync(Deed deed, Caller caller, CheckedAccount wanted)
    {
        var account = new Account
        {
            UserName = wanted.UserName,
            DisplayName = wanted.DisplayName,
            Role = wanted.Role,
            SchoolId = wanted.SchoolId,
        };
        Limit(account, wanted);
        Saved(await accounts.CreateAsync(account));
        deed.Tell(caller.UserName, "account.made", Describe(wanted));
        await LinkTeacherAsync(deed, caller, wanted);
        (string token, DateTimeOffset until) = await invitations.MakeAsync(deed, account, caller.UserName);
        return new Link(token, until);
    }

    // As any change of the books: it is in their history.
    private async Task LinkTeacherAsync(Deed deed, Caller caller, CheckedAccount wanted)
    {
        var step = new BookStep(caller.UserName, time.GetUtcNow());
        foreach (Teacher former in await records.Teachers
            .Where(one => one.UserName == wanted.UserName && one.Id != wanted.TeacherId).ToListAsync())
        {
            Link(former, null);
        }

        // No two teachers have one account, not for a moment.
        await records.SaveChangesAsync();
        if (wanted.TeacherId is { } id && await records.Teachers.SingleAsync(one => one.Id == id) is var teacher
            && teacher.UserName != wanted.UserName)
        {
            Link(teacher, wanted.UserName);
            await records.SaveChangesAsync();
        }

        void Link(Teacher one, string? userName) =>
            teachers.Set(deed, step, one.Id, one, teachers.Show(one) with { UserName = userName });
    }

    private async Task<IReadOnlyList<AccountView>> ShowAsync(IReadOnlyList<Row> shown, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<string, DateTimeOffset> invited = await records.Invitations.AsNoTracking().Where(one => one.ExpiresAt > now)
            .ToDictionaryAsync(one => one.AccountId, one => one.ExpiresAt, cancellationToken);
        Dictionary<string, string> known = await records.Teachers.AsNoTracking().Where(one => one.UserName != null)
            .ToDictionaryAsync(one => one.UserName!, one => one.Id, cancellationToken);
        ILookup<string, string> services = (await records.AccountLinks.AsNoTracking().OrderBy(link => link.Service)
            .Select(link => new { link.AccountId, link.Service }).ToListAsync(cancellationToken))
            .ToLookup(link => link.AccountId, link => link.Service);
        ILookup<string, Login> sessions = logins.All.ToLookup(login => login.AccountId);
        return
        [
            .. shown.Select(row => new AccountView(
                row.UserName, row.DisplayName, Enum.Parse<Role>(row.Role), row.SchoolId, known.GetValueOrDefault(row.UserName),
                Lockout.Holds(row.LockoutEnd, now) ? AccountStanding.Locked
                    : Office.Of(row.OfficeFrom, row.OfficeUntil, time.Today()) is not OfficeState.Held ? AccountStanding.OutOfOffice
                    : row.PasswordHash is null ? AccountStanding.Invited : AccountStanding.Active,
                invited.TryGetValue(row.Id, out DateTimeOffset until) ? until : null,
                sessions[row.Id].Count(),
                sessions[row.Id].Select(login => (DateTimeOffset?)login.SeenAt).Max(), row.Scope.Schools, row.Scope.Subjects,
                Office.Read(row.OfficeFrom), Office.Read(row.OfficeUntil), row.HasSecondFactor, [.. services[row.Id]])),
        ];
    }

    private static string Describe(CheckedAccount account) =>
        string.Join(' ', new[]
        {
            account.UserName, account.Role.ToString().ToLowerInvariant(), account.SchoolId,
            account.Scope.Schools is { } schools ? $"schools {Scope.Join(schools)}" : null,
            account.Scope.Subjects is { } subjects ? $"subjects {Scope.Join(subjects)}" : null,
            account.OfficeFrom is null && account.OfficeUntil is null
                ? null : $"office {account.OfficeFrom:yyyy-MM-dd}..{account.OfficeUntil:yyyy-MM-dd}",
        }.OfType<string>());

    private static void Saved(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"the account cannot be saved: {result}");
        }
    }
}
