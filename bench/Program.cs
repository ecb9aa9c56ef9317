using Xunke.Bench;
using Xunke.Bench.Actors;
using Xunke.Bench.Forward;

return await new BenchCatalogue
{
    { "actors", "messages/s told to an actor over a bare bounded channel hop", ActorsBench.RunAsync },
    { "forward", "CPU per forwarded packet over that of Janus under the same load", ForwardBench.RunAsync },
}.RunAsync(args, CancellationToken.None);
