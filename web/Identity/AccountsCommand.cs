using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Persistence;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>
/// <c>xunke accounts</c>, at the server's console: the way back in for whoever has the data directory. It works while the
/// server runs, which ends the account's sessions within seconds.
/// </summary>
internal static class AccountsCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "accounts";

    private const int Failed = 2;

    private const string Usage = """
        xunke accounts list [--data DIR]            列出帐号 lists the accounts
        xunke accounts password USER [--data DIR]   重设密码 gives an account a new password and prints it
        xunke accounts lock USER [--data DIR]       锁定 locks an account
        xunke accounts unlock USER [--data DIR]     解锁 unlocks an account
        """;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        try
        {
            (string verb, string? userName, string data) = Read(arguments);
            await using ServiceProvider services = Open(Path.Combine(data, DatabaseFeature.FileName));
            await using AsyncServiceScope scope = services.CreateAsyncScope();
            UserManager<Account> accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            if (userName is null)
            {
                await ListAsync(accounts, output, cancellationToken);
                return 0;
            }

            Account account = await accounts.FindByNameAsync(userName)
                ?? throw new StartupException($"没有帐号 there is no account {userName} (xunke accounts list)");
            await output.WriteLineAsync(await ChangeAsync(accounts, account, verb));
            return 0;
        }
        catch (Exception fault) when (fault is StartupException or SqliteException or DbUpdateException)
        {
            await errors.WriteLineAsync(fault.Message);
            return Failed;
        }
    }

    private static (string Verb, string? UserName, string Data) Read(IReadOnlyList<string> arguments) => arguments switch
    {
        ["list"] => ("list", null, "./data"),
        ["list", "--data", var data] => ("list", null, data),
        [("password" or "lock" or "unlock") and var verb, var user] => (verb, user, "./data"),
        [("password" or "lock" or "unlock") and var verb, var user, "--data", var data] => (verb, user, data),
        _ => throw new StartupException(Usage),
    };

    // Without the lock of the data directory, which a running server holds.
    private static ServiceProvider Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new StartupException($"没有数据库 there is no database {path} (--data DIR)");
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddDbContext<AccountsContext>(options => options.UseSqlite(
            SqliteDatabase.ConnectionString(path), sqlite => sqlite.MigrationsHistoryTable(AccountsContext.HistoryTable)));
        services.AddAccountStore();
        return services.BuildServiceProvider();
    }

    private static async Task ListAsync(UserManager<Account> accounts, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (Account account in await accounts.Users.AsNoTracking().OrderBy(account => account.UserName).ToListAsync(cancellationToken))
        {
            string locked = account.LockoutEnd > TimeProvider.System.GetUtcNow() ? "已锁定 locked" : string.Empty;
            await output.WriteLineAsync(string.Join('\t', account.UserName, account.DisplayName, account.Role, account.SchoolId, locked).TrimEnd());
        }
    }

    private static async Task<string> ChangeAsync(UserManager<Account> accounts, Account account, string verb)
    {
        switch (verb)
        {
            case "lock":
                AccountSeed.Check(await accounts.SetLockoutEnabledAsync(account, true));
                AccountSeed.Check(await accounts.SetLockoutEndDateAsync(account, DateTimeOffset.MaxValue));
                return $"已锁定 locked: {account.UserName}";
            case "unlock":
                AccountSeed.Check(await accounts.SetLockoutEndDateAsync(account, null));
                return $"已解锁 unlocked: {account.UserName}";
            default:
                string password = AccountSeed.MakePassword();
                account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
                // Saves both.
                AccountSeed.Check(await accounts.UpdateSecurityStampAsync(account));
                return $"帐号 account: {account.UserName}   新密码 new password: {password}";
        }
    }
}
