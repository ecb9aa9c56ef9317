using Xunke.Streaming.Decoding;
using Xunke.Web;
using Xunke.Web.Configuration;

return args switch
{
    ["--help" or "-h" or "help", ..] => StartArguments.PrintHelp(),
    [DecodeWorker.Command, .. var rest] => await DecodeWorker.RunAsync(rest, CancellationToken.None),
    ["serve", .. var rest] => await ServeCommand.RunAsync(rest),
    _ => await ServeCommand.RunAsync(args),
};
