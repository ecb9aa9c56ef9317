using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Xunke.Streaming.Decoding;
using Xunke.Web.Hosting;

namespace Xunke.Web.Metrics;

/// <summary>The decode workers, which are processes of their own, and what became of the rooms' video in them.</summary>
internal sealed class DecodingMetrics : MetricSource<DecodingMetrics.Seen>
{
    /// <summary>One look.</summary>
    internal sealed record Seen(DecodingTotals Totals, IReadOnlyList<DecodeWorkerStatus> Workers, IReadOnlyList<Use> Uses);

    /// <summary>What a worker's process takes.</summary>
    internal sealed record Use(DecodeWorkerStatus Worker, TimeSpan Time, long Memory);

    public DecodingMetrics(Meter meter, MonitoringHost monitoring)
        : base(meter, () => monitoring.IsRunning ? Look(monitoring.Running.Decoding, monitoring.Running.Decoders) : null)
    {
        Gauge("xunke_decode_workers", "Decode workers by whether they are ready.", seen =>
        [
            Of(seen.Workers.Count(worker => worker.ProcessId is not null), ("state", "ready")),
            Of(seen.Workers.Count(worker => worker.ProcessId is null), ("state", "starting")),
        ]);
        Counter("xunke_decode_worker_restarts_total", "How often a decode worker was started again.",
            seen => seen.Workers.Select(worker => Of(worker.Restarts, Label(worker))));
        Gauge("xunke_decode_worker_rooms", "Rooms that a decode worker serves.",
            seen => seen.Workers.Select(worker => Of(worker.Rooms, Label(worker))));
        Counter("xunke_decode_worker_cpu_seconds_total", "Processor time of a decode worker's present process.",
            seen => seen.Uses.Select(use => Of(use.Time.TotalSeconds, Label(use.Worker))));
        Gauge("xunke_decode_worker_resident_memory_bytes", "Memory of a decode worker that is in RAM.",
            seen => seen.Uses.Select(use => Of(use.Memory, Label(use.Worker))));
        Counter("xunke_decode_units_total", "Coded pictures sent to the decode workers.", seen => seen.Totals.Units);
        Counter("xunke_decode_pictures_total", "Pictures handed on to the analysis.", seen => seen.Totals.Frames);
        Counter("xunke_decode_dropped_units_total", "Coded pictures that were not decoded, by reason.", seen =>
        [
            Of(seen.Totals.Damaged, ("reason", "damaged")),
            Of(seen.Totals.Malformed, ("reason", "malformed")),
            Of(seen.Totals.Oversized, ("reason", "oversized")),
            Of(seen.Totals.Skipped, ("reason", "awaiting_key_frame")),
            Of(seen.Totals.Overflowed, ("reason", "overflow")),
        ]);
        Counter("xunke_decode_errors_total", "Coded pictures that the decoder refused.", seen => seen.Totals.DecodeErrors);
    }

    private static Seen Look(DecodingTotals totals, IReadOnlyList<DecodeWorkerStatus> workers) =>
        new(totals, workers, [.. workers.Select(UseOf).OfType<Use>()]);

    private static Use? UseOf(DecodeWorkerStatus worker)
    {
        if (worker.ProcessId is not { } id)
        {
            return null;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return new Use(worker, process.TotalProcessorTime, process.WorkingSet64);
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
