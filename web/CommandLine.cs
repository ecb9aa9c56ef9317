using System.CommandLine;
using System.CommandLine.Help;
using Xunke.Web.Analysis;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Simulation;

namespace Xunke.Web;

/// <summary>The program's commands, as <c>xunke --help</c> tells them. Without one, it serves.</summary>
internal static class CommandLine
{
    private const int WrongUse = 2;

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code; 2 where the command line is not one.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> words, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var xunke = new Command("xunke", "巡课 Xunke")
        {
            new HelpOption(),
            ServeCommand.Describe(),
            PublishCommand.Describe(),
            AnalyseCommand.Describe(),
            AuditCommand.Describe(),
            CompactCommand.Describe(),
            AccountsCommand.Describe(),
            SimulateCommand.Describe(),
        };
        ParseResult parsed = xunke.Parse(words switch
        {
            ["help", ..] => ["--help"],
            ["--help" or "-h", ..] => words,
            [] or [['-', ..], ..] => [ServeCommand.Name, .. words],
            _ => words,
        }, Words.AsTheyStand);
        // Each command ends on Ctrl-C and SIGTERM in its own way, and knows its faults.
        var console = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(console, cancellationToken);
        }

        await errors.WriteLineAsync($"命令行有误 wrong command line: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        if (parsed.CommandResult.Command.Name != ServeCommand.Name)
        {
            // Of a server that does not start, a log gets the one line.
            console.Output = errors;
            await parsed.CommandResult.Command.Parse(["--help"]).InvokeAsync(console, cancellationToken);
        }

        return WrongUse;
    }
}
