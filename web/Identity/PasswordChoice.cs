using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Hosting;

namespace Xunke.Web.Identity;

/// <summary>How a person's choice of a password is taken, by whatever way it comes.</summary>
internal static class PasswordChoice
{
    /// <summary>What is wrong with a password, as codes of Identity.</summary>
    public static async Task<IReadOnlyList<string>> FaultsOfAsync(this UserManager<Account> accounts, Account account, string? password)
    {
        List<string> faults = [];
        foreach (IPasswordValidator<Account> validator in accounts.PasswordValidators)
        {
            IdentityResult result = await validator.ValidateAsync(accounts, account, password);
            faults.AddRange(result.Errors.Select(error => error.Code));
        }

        return faults;
    }

    /// <summary>Sets an account's password, within a deed. Its sessions end, for it is not the account that they were given for.</summary>
    /// <exception cref="InvalidOperationException">Identity refuses it; it was not checked.</exception>
    public static async Task SetPasswordAsync(this UserManager<Account> accounts, Account account, string password)
    {
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, password);
        // Saves both.
        IdentityResult saved = await accounts.UpdateSecurityStampAsync(account);
        if (!saved.Succeeded)
        {
            throw new InvalidOperationException($"the account cannot be saved: {saved}");
        }
    }

    /// <summary>The answer to a password that is not good enough.</summary>
    public static ProblemHttpResult Weak() => Problems.BadRequest("weak-password", "密码至少 10 个字符");
}
