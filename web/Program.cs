using Xunke.Streaming.Client;
using Xunke.Streaming.Decoding;
using Xunke.Web;
using Xunke.Web.Analysis;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Simulation;

return args switch
{
    ["--help" or "-h" or "help", ..] => StartArguments.PrintHelp(),
    [DecodeWorker.Command, .. var rest] => await DecodeWorker.RunAsync(rest, CancellationToken.None),
    [PublishCommand.Name, .. var rest] => await PublishAsync(rest),
    [SimulateCommand.Name] => await SimulateCommand.RunAsync(),
    [AnalyseCommand.Name, .. var rest] => await AnalyseCommand.RunAsync(rest, CancellationToken.None),
    [AuditCommand.Name, .. var rest] => await AuditCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None),
    [CompactCommand.Name, .. var rest] => await CompactCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None),
    [AccountsCommand.Name, .. var rest] => await AccountsCommand.RunAsync(rest, Console.Out, Console.Error, CancellationToken.None),
    ["serve", .. var rest] => await ServeCommand.RunAsync(rest),
    _ => await ServeCommand.RunAsync(args),
};

static async Task<int> PublishAsync(string[] arguments)
{
    using ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(line => line.SingleLine = true));
    return await PublishCommand.RunAsync(arguments, loggers, CancellationToken.None);
}
