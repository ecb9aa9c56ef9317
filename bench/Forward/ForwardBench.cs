using System.Globalization;

namespace Xunke.Bench.Forward;

/// <summary>
/// Processor time per forwarded packet: ours over Janus' (Debian's package, VideoRoom plug-in), and over that of a bare
/// loop which receives, encrypts and sends. Each server runs in a process of its own; this process is the cameras and
/// the viewers. All get the same load in turns, so that a neighbour on the machine meets each of them.
/// </summary>
internal static class ForwardBench
{
    private const double JanusGoal = 0.5;
    private const double BareGoal = 1.6;
    private const int Rounds = 2;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);
    private static readonly Scenario[] Scenarios = [new("1 publisher, 20 viewers", 1, 20), new("10 publishers, 40 viewers", 10, 4)];

    /// <summary>Runs the bench; with <c>serve</c> as its argument the process is the server under test instead.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case [OwnServer.ServeArgument]:
                await OwnServer.ServeAsync(cancellationToken);
                return null;
            case [BareServer.ServeArgument]:
                await BareServer.ServeAsync(cancellationToken);
                return null;
        }

        if (!JanusServer.IsInstalled)
        {
            Console.WriteLine("skipped: Janus is not installed (Debian: mask janus.service, then apt-get install janus)");
            return null;
        }

        var figures = new Dictionary<string, double>();
        double worst = 0, worstOverBare = 0;
        var bytesPerPacket = 0.0;
        Console.WriteLine("scenario                      server   CPU us/packet   packets/s   delivered   allocated B/packet");
        foreach (var scenario in Scenarios)
        {
            var (own, janus, bare) = await CompareAsync(scenario, cancellationToken);
            Print(scenario, "xunke", own);
            Print(scenario, "janus", janus);
            Print(scenario, "bare", bare);
            var overBare = own.MicrosecondsPerPacket / bare.MicrosecondsPerPacket;
            worstOverBare = Math.Max(worstOverBare, overBare);
            var ratio = own.MicrosecondsPerPacket / janus.MicrosecondsPerPacket;
            worst = Math.Max(worst, ratio);
            bytesPerPacket = Math.Max(bytesPerPacket, own.Allocated!.Value / (double)own.Forwarded);
            var name = string.Create(CultureInfo.InvariantCulture, $"{scenario.Rooms}x{scenario.ViewersPerRoom}");
            figures[$"ratio{name}"] = ratio;
            figures[$"microsecondsPerPacket{name}"] = own.MicrosecondsPerPacket;
            figures[$"overBare{name}"] = overBare;
            figures[$"bareMicrosecondsPerPacket{name}"] = bare.MicrosecondsPerPacket;
            figures[$"janusMicrosecondsPerPacket{name}"] = janus.MicrosecondsPerPacket;
        }

        figures["allocatedBytesPerPacket"] = bytesPerPacket;
        figures["overBare"] = worstOverBare;
        figures["overBareGoal"] = BareGoal;
        return new BenchResult(
            "forward", worst, JanusGoal, "CPU per forwarded packet over Janus 1.1.2's, the worse of two loads; lower is better", figures);
    }

    private static async Task<(Measurement Own, Measurement Janus, Measurement Bare)> CompareAsync(
        Scenario scenario, CancellationToken cancellationToken)
    {
        await using var own = OwnServer.Start();
        await using var janus = await JanusServer.StartAsync(cancellationToken);
        await using var bare = BareServer.Start();
        Measurement? ownTotal = null, janusTotal = null, bareTotal = null;
        for (var round = 0; round < Rounds; round++)
        {
            var ours = await scenario.MeasureAsync(own, round, WarmUp, Duration, cancellationToken);
            var theirs = await scenario.MeasureAsync(janus, round, WarmUp, Duration, cancellationToken);
            var least = await scenario.MeasureAsync(bare, round, WarmUp, Duration, cancellationToken);
            ownTotal = ownTotal is null ? ours : ownTotal + ours;
            janusTotal = janusTotal is null ? theirs : janusTotal + theirs;
            bareTotal = bareTotal is null ? least : bareTotal + least;
        }

        return (ownTotal!, janusTotal!, bareTotal!);
    }

    private static void Print(Scenario scenario, string server, Measurement measurement)
    {
        var delivered = measurement.Forwarded / (double)(measurement.Published * scenario.ViewersPerRoom);
        var rate = measurement.Forwarded / (Rounds * Duration.TotalSeconds);
        var allocated = measurement.Allocated is { } bytes
            ? (bytes / (double)measurement.Forwarded).ToString("0.00", CultureInfo.InvariantCulture)
            : "-";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{scenario.Name,-28}  {server,-6} {measurement.MicrosecondsPerPacket,15:0.00} {rate,11:N0} {delivered,11:P1} {allocated,20}{(measurement.Genuine ? string.Empty : "   NOT GENUINE")}"));
    }
}
