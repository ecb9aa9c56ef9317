namespace Xunke.Web.Identity;

/// <summary>Accounts to name to whoever starts the server.</summary>
/// <param name="UserNames">The accounts' names.</param>
/// <param name="Password">Their password.</param>
/// <param name="File">The file that keeps it, readable by the server's account only.</param>
internal sealed record StartNotice(IReadOnlyList<string> UserNames, string Password, string File);
