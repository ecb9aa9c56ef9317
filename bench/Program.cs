using Xunke.Bench;
using Xunke.Bench.Actors;

return await new BenchCatalogue
{
    { "actors", "messages/s told to an actor over a bare bounded channel hop", ActorsBench.RunAsync },
}.RunAsync(args, CancellationToken.None);
