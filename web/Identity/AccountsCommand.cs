using System.CommandLine;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>
/// <c>xunke accounts</c>, at the server's console: the way back in for whoever has the data directory. It works while the
/// server runs, which ends the account's sessions within seconds.
/// </summary>
internal static class AccountsCommand
{
    private const int Failed = 2;

    private sealed record AccountLine(string? UserName, string? DisplayName, string? Role, string? SchoolId, string? LockoutEnd);

    /// <summary>The command.</summary>
    public static Command Describe() => new("accounts", "帐号 the accounts, at the console; the server may run")
    {
        Verb("list", "列出帐号 lists the accounts", null),
        Verb("password", "重设密码 gives an account a new password and prints it", Words.Given("USER", "帐号 its user name")),
        Verb("lock", "锁定 locks an account", Words.Given("USER", "帐号 its user name")),
        Verb("second-factor", "取消两步验证 takes the second factor of an account away", Words.Given("USER", "帐号 its user name")),
        Verb("unlock", "解锁 unlocks an account", Words.Given("USER", "帐号 its user name")),
    };

    private static Command Verb(string name, string description, Argument<string>? user)
    {
        var verb = new Command(name, description) { DataArguments.DataOption, DataArguments.DatabaseOption };
        if (user is not null)
        {
            verb.Add(user);
        }

        verb.SetAction((words, cancellationToken) => RunAsync(
            name, user is null ? null : words.GetRequiredValue(user), DataArguments.Read(words),
            words.InvocationConfiguration.Output, words.InvocationConfiguration.Error, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(
        string verb, string? userName, DataArguments named, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            await using ServiceProvider services = Open(named);
            await using AsyncServiceScope scope = services.CreateAsyncScope();
            if (userName is null)
            {
                await ListAsync(scope.ServiceProvider.GetRequiredService<RecordsContext>(), output, cancellationToken);
                return 0;
            }

            UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            Account account = await FindAsync(accounts, userName)
                ?? throw new StartupException($"没有帐号 there is no account {userName} (xunke accounts list)");
            await output.WriteLineAsync(await ChangeAsync(scope.ServiceProvider, accounts, account, verb));
            return 0;
        }
        catch (Exception fault) when (fault is StartupException
            or DbException or DbUpdateException or InvalidOperationException { InnerException: DbException } or RecordsUnavailableException)
        {
            await errors.WriteLineAsync(fault.Message);
            return Failed;
        }
    }

    // Without the lock of the data directory, which a running server holds.
    private static ServiceProvider Open(DataArguments named)
    {
        var data = DataDirectory.Beside(named.Directory);
        RecordsDatabase database = DatabaseFeature.Choose(named.Database, data);
        if (database.Path is { } path && !File.Exists(path))
        {
            throw new StartupException($"没有数据库 there is no database {path} (--data DIR)");
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(data);
        services.AddRecords(database);
        services.AddSingleton<AuditKeyFile>();
        services.AddSingleton<AuditTrail>();
        services.AddAccountStore();
        return services.BuildServiceProvider();
    }

    // As text, so that what somebody wrote there by hand cannot fail the list.
    private static async Task ListAsync(RecordsContext records, TextWriter output, CancellationToken cancellationToken)
    {
        List<AccountLine> lines = await records.Database.SqlQuery<AccountLine>(
            $"""
            SELECT "UserName", "DisplayName", "Role", "SchoolId", CAST("LockoutEnd" AS TEXT) AS "LockoutEnd"
            FROM "AspNetUsers" ORDER BY "UserName"
            """).ToListAsync(cancellationToken);
        foreach (AccountLine line in lines)
        {
            string locked = Lockout.Holds(line.LockoutEnd, TimeProvider.System.GetUtcNow()) ? "已锁定 locked" : string.Empty;
            await output.WriteLineAsync(string.Join('\t', line.UserName, line.DisplayName, line.Role, line.SchoolId, locked).TrimEnd());
        }
    }

    private static async Task<Account?> FindAsync(UserManager<Account> accounts, string userName)
    {
        try
        {
            return await accounts.FindByNameAsync(userName);
        }
        catch (Exception fault) when (fault is FormatException or InvalidCastException or InvalidOperationException)
        {
            throw new StartupException(
                $"帐号 {userName} 在数据库中的内容无法读取 the row of {userName} in the database cannot be read: {fault.Message}", fault);
        }
    }

    // The change and the line that tells of it are one transaction, also beside a running server.
    private static async Task<string> ChangeAsync(IServiceProvider services, UserManager<Account> accounts, Account account, string verb)
    {
        string password = AccountSeed.MakePassword();
        await services.GetRequiredService<AuditTrail>().CommitAsync(services.GetRequiredService<RecordsContext>(), async deed =>
            deed.Tell(AuditTrail.Console, await ChangeAsync(accounts, account, verb, password), account.UserName!));
        return verb switch
        {
            "lock" => $"已锁定 locked: {account.UserName}",
            "unlock" => $"已解锁 unlocked: {account.UserName}",
            "second-factor" => $"已取消两步验证 second factor removed: {account.UserName}",
            _ => $"帐号 account: {account.UserName}   新密码 new password: {password}",
        };
    }

    // What the audit trail calls it.
    private static async Task<string> ChangeAsync(UserManager<Account> accounts, Account account, string verb, string password)
    {
        switch (verb)
        {
            case "lock":
                AccountSeed.Check(await accounts.SetLockoutEnabledAsync(account, true));
                AccountSeed.Check(await accounts.SetLockoutEndDateAsync(account, DateTimeOffset.MaxValue));
                return "account.locked";
            case "unlock":
                AccountSeed.Check(await accounts.SetLockoutEndDateAsync(account, null));
                return "account.unlocked";
            case "second-factor":
                (account.SecondFactor, account.SecondFactorStep) = (null, null);
                AccountSeed.Check(await accounts.UpdateSecurityStampAsync(account));
                return "account.second-factor-removed";
            default:
                account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
                // Saves both.
                AccountSeed.Check(await accounts.UpdateSecurityStampAsync(account));
                return "account.password-set";
        }
    }
}
