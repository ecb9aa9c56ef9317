using System.Globalization;

namespace Xunke.Bench.Fanout;

/// <summary>
/// The district's 965 rooms at 1 Hz to 100 dashboards, each of which watches the district and one school: how old a view
/// is when a dashboard has it. The server and the dashboards are processes of their own. The same bytes over bare
/// WebSockets, in the same run, say what of the processor's time is ours.
/// </summary>
internal static class FanoutBench
{
    private const double GoalMilliseconds = 500;
    private const int Schools = 31;
    private const int Processes = 2;

    private sealed record Outcome(
        LatencyHistogram Latencies, double Cores, double BytesPerRoomSecond, double RoomViewsPerSecond, long PeakMemory);

    /// <summary>Runs the bench; <c>--connections N</c> takes another number of dashboards.</summary>
    public static async Task<BenchResult?> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        switch (args)
        {
            case ["own-server"]:
                await OwnServer.RunAsync(cancellationToken);
                return null;
            case ["bare-server"]:
                await BareServer.RunAsync(cancellationToken);
                return null;
            case ["dashboards"]:
                await DashboardClients.RunAsync(cancellationToken);
                return null;
        }

        int connections = args is ["--connections", var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 100;
        Outcome bare = await MeasureAsync("bare-server", connections, warm: 3, measure: 8, cancellationToken);
        Outcome own = await MeasureAsync("own-server", connections, warm: 4, measure: 15, cancellationToken);
        double p99 = own.Latencies.Percentile(0.99);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"965 rooms at 1 Hz, {connections} dashboards       bare WebSockets        Xunke"));
        Print("view to dashboard, p50, ms", bare.Latencies.Percentile(0.5), own.Latencies.Percentile(0.5));
        Print("view to dashboard, p99, ms", bare.Latencies.Percentile(0.99), p99);
        Print("processor, cores", bare.Cores, own.Cores);
        Print("room views delivered/s", bare.RoomViewsPerSecond, own.RoomViewsPerSecond);
        Print("bytes per room-second", bare.BytesPerRoomSecond, own.BytesPerRoomSecond);
        Print("peak memory, MiB", bare.PeakMemory / 1048576.0, own.PeakMemory / 1048576.0);
        return new BenchResult(
            "fanout", p99 / GoalMilliseconds, 1, "p99 from a view's making to a dashboard's receipt over 500 ms (at most)",
            new Dictionary<string, double>
            {
                ["connections"] = connections,
                ["p50Milliseconds"] = own.Latencies.Percentile(0.5),
                ["p99Milliseconds"] = p99,
                ["cores"] = own.Cores,
                ["bytesPerRoomSecond"] = own.BytesPerRoomSecond,
                ["roomViewsPerSecond"] = own.RoomViewsPerSecond,
                ["bareP99Milliseconds"] = bare.Latencies.Percentile(0.99),
                ["bareCores"] = bare.Cores,
                ["coresOverBare"] = own.Cores / bare.Cores,
            });
    }

    private static async Task<Outcome> MeasureAsync(
        string role, int connections, double warm, double measure, CancellationToken cancellationToken)
    {
        await using var server = Child.Start(role);
        Ready ready = await server.WaitReadyAsync(cancellationToken);
        int each = (connections + Processes - 1) / Processes;
        Child[] dashboards = [.. Enumerable.Range(0, Processes).Select(_ => Child.Start("dashboards"))];
        try
        {
            await Task.WhenAll(dashboards.Select((child, index) => child.OrderAsync(
                new DashboardOrder(ready.Url, ready.Cookie, index * each, Math.Min(each, connections - (index * each)), Schools, warm,
                    measure), cancellationToken)));
            TimeSpan before = server.ProcessorTime;
            long started = TimeProvider.System.GetTimestamp();
            DashboardReport[] reports = await Task.WhenAll(dashboards.Select(child => child.ReportAsync(cancellationToken)));
            double cores = (server.ProcessorTime - before) / TimeProvider.System.GetElapsedTime(started);
            return Sum(reports, cores, measure, server.PeakMemory);
        }
        finally
        {
            foreach (Child child in dashboards)
            {
                await child.DisposeAsync();
            }
        }
    }

    private static Outcome Sum(IReadOnlyList<DashboardReport> reports, double cores, double measure, long peakMemory)
    {
        var latencies = new LatencyHistogram();
        foreach (DashboardReport report in reports)
        {
            latencies.Add(report.Latencies);
        }

        long roomViews = reports.Sum(report => report.RoomViews);
        return new Outcome(latencies, cores, reports.Sum(report => report.Bytes) / (double)roomViews, roomViews / measure, peakMemory);
    }

    private static void Print(string what, double bare, double own) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-36} {bare,20:0.0##} {own,12:0.0##}"));
}
