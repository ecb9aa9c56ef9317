using Xunke.Streaming.Decoding;

if (args is [DecodeWorker.Command, ..])
{
    return await DecodeWorker.RunAsync(args[1..], CancellationToken.None);
}

var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
await app.RunAsync();
return 0;
