using Xunke.Streaming.Decoding;
using Xunke.Web;

// Decode workers are started by the server, which waits for them: they skip the command line's parser.
return args is [DecodeWorker.Command, .. var size]
    ? await DecodeWorker.RunAsync(size, CancellationToken.None)
    : await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
