using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web;

/// <summary><c>xunke serve</c>: runs the server until Ctrl-C or SIGTERM.</summary>
internal static class ServeCommand
{
    /// <summary>Exit code for what whoever starts the server can mend: a wrong argument, a port in use, a directory that cannot be
    /// written.</summary>
    public const int CannotStart = 2;

    /// <summary>Exit code for a fault of Xunke's own, which a supervisor such as systemd should answer with a new start.</summary>
    public const int Crashed = 1;

    /// <summary>The command's name.</summary>
    public const string Name = "serve";

    /// <summary>The command.</summary>
    public static Command Describe()
    {
        Command serve = StartArguments.Describe(Name);
        serve.SetAction(RunAsync);
        return serve;
    }

    private static async Task<int> RunAsync(ParseResult words)
    {
        using var crashes = new CrashLog();
        bool isStopping = false;
        try
        {
            await using WebApplication app = Server.Build(StartArguments.Read(words));
            crashes.Use(app.Services.GetRequiredService<ILogger<CrashLog>>());
            using CancellationTokenRegistration stopping = app.Lifetime.ApplicationStopping.Register(() => isStopping = true);
            await app.StartAsync();
            Announce(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OperationCanceledException) when (isStopping)
        {
            // Ctrl-C or SIGTERM before it had started.
            return 0;
        }
        catch (Exception fault) when (Explain(fault) is { } reason)
        {
            await words.InvocationConfiguration.Error.WriteLineAsync(reason);
            return CannotStart;
        }
        catch (Exception fault)
        {
            // Not left to the runtime, which would end the process with SIGABRT and a core file.
            await words.InvocationConfiguration.Error.WriteLineAsync($"巡课意外终止 Xunke ends because of a fault: {fault.Message}\n{fault}");
            return Crashed;
        }
    }

    private static string? Explain(Exception fault) => fault switch
    {
        StartupException => fault.Message,
        OptionsValidationException invalid => $"配置有误 invalid settings: {string.Join("; ", invalid.Failures)}",
        IOException { InnerException: AddressInUseException } =>
            $"网页端口已被占用 the port of the web pages is in use (--port N): {fault.Message}",
        FileNotFoundException or DirectoryNotFoundException => $"找不到文件 a file is missing: {fault.Message}",
        CryptographicException => $"证书或密钥无法使用 the certificate or its key cannot be used (Kestrel:Certificates): {fault.Message}",
        InvalidOperationException when fault.Message.Contains("HTTPS", StringComparison.Ordinal) =>
            "没有证书 https needs a certificate (--Kestrel:Certificates:Default:Path FILE, ...:KeyPath FILE)",
        _ => null,
    };

    private static void Announce(WebApplication app)
    {
        foreach (string address in app.Urls)
        {
            Console.WriteLine($"巡课已启动 Xunke is running: {Reachable(address)}");
        }

        if (PlainHttp.IsOpen(app.Urls))
        {
            Console.WriteLine(PlainHttp.Warning);
        }

        foreach (string warning in app.Services.GetRequiredService<DataDirectory>().Warnings)
        {
            Console.WriteLine($"注意 warning: {warning}");
        }

        if (app.Services.GetRequiredService<StartNotices>().Accounts is { } accounts)
        {
            // What is no terminal is a log, which others read and nobody deletes.
            string password = Console.IsOutputRedirected ? $"见 see {accounts.File}" : $"{accounts.Password}   ({accounts.File})";
            Console.WriteLine($"帐号 accounts: {string.Join(", ", accounts.UserNames)}   密码 password: {password}");
        }

        if (app.Services.GetRequiredService<StartNotices>().NewAccounts is { } made)
        {
            Console.WriteLine($"新帐号 new accounts: {made.Count}   初始密码见 first passwords are in {made.File}");
        }
    }

    // Kestrel names the wildcard; a person wants something to click on.
    private static string Reachable(string address) =>
        Uri.TryCreate(address.Replace("*", "localhost", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri)
        && IPAddress.TryParse(uri.Host.Trim('[', ']'), out IPAddress? ip)
        && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? string.Create(CultureInfo.InvariantCulture, $"{uri.Scheme}://localhost:{uri.Port}")
            : address;
}
