using System.Diagnostics;
using System.Globalization;
using Xunke.Streaming.Decoding;
using Xunke.Web.Hosting;

namespace Xunke.Web.Metrics;

/// <summary>The decode workers, which are processes of their own, and what became of the rooms' video in them.</summary>
internal sealed class DecodingMetrics(MonitoringHost monitoring) : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        if (!monitoring.IsRunning)
        {
            return;
        }

        IReadOnlyList<DecodeWorkerStatus> workers = monitoring.Running.Decoders;
        writer.Gauge("xunke_decode_workers", "Decode workers by whether they are ready.")
            .Add(workers.Count(worker => worker.ProcessId is not null), ("state", "ready"))
            .Add(workers.Count(worker => worker.ProcessId is null), ("state", "starting"));
        MetricFamily restarts = writer.Counter("xunke_decode_worker_restarts_total", "How often a decode worker was started again.");
        foreach (DecodeWorkerStatus worker in workers)
        {
            restarts.Add(worker.Restarts, Label(worker));
        }

        MetricFamily rooms = writer.Gauge("xunke_decode_worker_rooms", "Rooms that a decode worker serves.");
        foreach (DecodeWorkerStatus worker in workers)
        {
            rooms.Add(worker.Rooms, Label(worker));
        }

        WriteUse(writer, workers);
        DecodingTotals totals = monitoring.Running.Decoding;
        writer.Counter("xunke_decode_units_total", "Coded pictures sent to the decode workers.").Add(totals.Units);
        writer.Counter("xunke_decode_pictures_total", "Pictures handed on to the analysis.").Add(totals.Frames);
        writer.Counter("xunke_decode_dropped_units_total", "Coded pictures that were not decoded, by reason.")
            .Add(totals.Damaged, ("reason", "damaged"))
            .Add(totals.Malformed, ("reason", "malformed"))
            .Add(totals.Oversized, ("reason", "oversized"))
            .Add(totals.Skipped, ("reason", "awaiting_key_frame"))
            .Add(totals.Overflowed, ("reason", "overflow"));
        writer.Counter("xunke_decode_errors_total", "Coded pictures that the decoder refused.").Add(totals.DecodeErrors);
    }

    private static void WriteUse(MetricWriter writer, IReadOnlyList<DecodeWorkerStatus> workers)
    {
        var uses = workers.Select(worker => (Worker: worker, Use: UseOf(worker))).Where(pair => pair.Use is not null).ToList();
        MetricFamily time = writer.Counter("xunke_decode_worker_cpu_seconds_total", "Processor time of a decode worker's present process.");
        uses.ForEach(pair => time.Add(pair.Use!.Value.Time.TotalSeconds, Label(pair.Worker)));
        MetricFamily memory = writer.Gauge("xunke_decode_worker_resident_memory_bytes", "Memory of a decode worker that is in RAM.");
        uses.ForEach(pair => memory.Add(pair.Use!.Value.Memory, Label(pair.Worker)));
    }

    private static (TimeSpan Time, long Memory)? UseOf(DecodeWorkerStatus worker)
    {
        if (worker.ProcessId is not { } id)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return (process.TotalProcessorTime, process.WorkingSet64);
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            // It ended a moment ago and is being started again.
            return null;
        }
    }

    private static (string Name, string Value) Label(DecodeWorkerStatus worker) =>
        ("worker", worker.Index.ToString(CultureInfo.InvariantCulture));
}
