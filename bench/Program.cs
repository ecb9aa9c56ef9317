using Xunke.Bench;

return await new BenchCatalogue
{
    // { "name", "what over which baseline", SomeBench.RunAsync },
}.RunAsync(args, CancellationToken.None);
