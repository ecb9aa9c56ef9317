using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Books;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>The accounts of a first start: the demo's, or one administrator with a password made up on the spot.</summary>
internal sealed class AccountSeed(
    UserManager<Account> accounts, RecordsContext records, AuditTrail audit, DataDirectory data, IOptions<DemoSettings> demo)
{
    /// <summary>Where the demo's password is kept.</summary>
    public const string DemoFile = "demo-accounts.json";

    /// <summary>Where the first administrator's password is written once.</summary>
    public const string FirstAdministratorFile = "first-administrator.txt";

    /// <summary>The account of the demo's teacher, where the demo has a timetable.</summary>
    public const string DemoTeacher = "teacher";

    // No letters or digits that are mistaken for one another.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private sealed record DemoAccounts(IReadOnlyList<string> UserNames, string Password);

    /// <summary>Creates what is missing.</summary>
    /// <returns>What to tell whoever started the server, or null.</returns>
    public async Task<StartNotice?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (demo.Value.Enabled)
        {
            return await EnsureDemoAsync();
        }

        if (await accounts.Users.AnyAsync(cancellationToken))
        {
            return null;
        }

        string password = MakePassword();
        await CreateAsync(new Account { UserName = "administrator", DisplayName = "管理员", Role = Role.Administrator }, password);
        data.WriteSecret(FirstAdministratorFile, System.Text.Encoding.UTF8.GetBytes($"administrator {password}\n"));
        return new StartNotice(["administrator"], password, data.Combine(FirstAdministratorFile));
    }

    private async Task<StartNotice> EnsureDemoAsync()
    {
        Teacher? teacher = await records.Teachers.FirstOrDefaultAsync(one => one.UserName == DemoTeacher);
        Account[] wanted =
        [
            new() { UserName = "inspector", DisplayName = "王敏", Role = Role.Inspector },
            new() { UserName = "principal", DisplayName = "陈国华", Role = Role.Principal, SchoolId = "s01" },
            new() { UserName = "administrator", DisplayName = "李静", Role = Role.Administrator },
            .. teacher is null ? (Account[])[] :
                [new() { UserName = DemoTeacher, DisplayName = teacher.Name, Role = Role.Teacher, SchoolId = teacher.SchoolId }],
        ];
        string password = demo.Value.Password ?? ReadPassword() ?? MakePassword();
        foreach (Account account in wanted)
        {
            if (await accounts.FindByNameAsync(account.UserName!) is not { } existing)
            {
                await CreateAsync(account, password);
            }
            else if (!await accounts.CheckPasswordAsync(existing, password))
            {
                await audit.CommitAsync(records, async deed =>
                {
                    Check(await accounts.RemovePasswordAsync(existing));
                    Check(await accounts.AddPasswordAsync(existing, password));
                    deed.Tell(AuditTrail.System, "account.password-set", existing.UserName!);
                });
            }
        }

        string[] names = [.. wanted.Select(account => account.UserName!)];
        data.WriteSecret(DemoFile, JsonSerializer.SerializeToUtf8Bytes(new DemoAccounts(names, password), Json.Options));
        return new StartNotice(names, password, data.Combine(DemoFile));
    }

    private string? ReadPassword()
    {
        string path = data.Combine(DemoFile);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<DemoAccounts>(File.ReadAllBytes(path), Json.Options)?.Password;
        }
        catch (JsonException)
        {
            // Someone has edited the file; a new password replaces it.
            return null;
        }
    }

    private Task CreateAsync(Account account, string password) => audit.CommitAsync(records, async deed =>
    {
        Check(await accounts.CreateAsync(account, password));
        TellMade(deed, account);
    });

    /// <summary>The line about an account that is made.</summary>
    public static void TellMade(Deed deed, Account account) => deed.Tell(
        AuditTrail.System, "account.made",
        string.Join(' ', new[] { account.UserName, account.Role.ToString().ToLowerInvariant(), account.SchoolId }.OfType<string>()));

    /// <summary>Makes sure that an account was made.</summary>
    /// <exception cref="StartupException">It was not; the message says why.</exception>
    public static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new StartupException(
                $"无法建立帐号 cannot create an account: {string.Join("; ", result.Errors.Select(error => error.Description))}");
        }
    }

    /// <summary>A password that is easy to copy by hand: 16 letters and digits in four groups.</summary>
    public static string MakePassword() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
