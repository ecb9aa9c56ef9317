using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Xunke.Actors.Identity;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;

namespace Xunke.Web.OwnAccount;

/// <summary>
/// Asks for the own password before what whoever finds an open browser must not do. Wrong ones count as they do at the sign-in.
/// </summary>
internal sealed class PasswordCheck(SignIns signIns, SignInAnswers answers)
{
    /// <summary>The refusal, or null for the right password.</summary>
    public async Task<ProblemHttpResult?> RefusalOfAsync(HttpContext context, Account account, string? password)
    {
        SignIns.Outcome outcome = await signIns.ConfirmAsync(context, account, password is { Length: <= 200 } ? password : null);
        ProblemHttpResult? refusal = await answers.RefusalOfAsync(outcome, context);
        // 401 would say that the session has ended.
        return refusal?.StatusCode == StatusCodes.Status401Unauthorized
            ? Problems.BadRequest("wrong-password", "现在的密码不对")
            : refusal;
    }
}

/// <summary>Finds who is signed in.</summary>
internal static class OwnAccounts
{
    /// <summary>The account of who is signed in.</summary>
    /// <exception cref="InvalidOperationException">It was deleted or renamed this second; its session ends.</exception>
    public static async Task<Account> OwnAsync(this UserManager<Account> accounts, Caller caller) =>
        await accounts.FindByNameAsync(caller.UserName) ?? throw new InvalidOperationException("the account is gone");
}
