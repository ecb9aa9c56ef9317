using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Xunke.Web.Metrics;

/// <summary>What the process uses, under the names that every Prometheus dashboard knows.</summary>
internal sealed class ProcessMetrics : MetricSource<Process>
{
    public ProcessMetrics(Meter meter)
        : base(meter, Process.GetCurrentProcess)
    {
        Counter("process_cpu_seconds_total", "Processor time of the server, without its child processes.",
            seen => seen.TotalProcessorTime.TotalSeconds);
        Gauge("process_resident_memory_bytes", "Memory of the server that is in RAM, without its child processes.",
            seen => seen.WorkingSet64);
        Gauge("process_virtual_memory_bytes", "Address space of the server.", seen => seen.VirtualMemorySize64);
        Gauge("process_open_fds", "Open file descriptors.", seen => seen.HandleCount);
        Gauge("process_threads", "Threads of the server.", seen => seen.Threads.Count);
        Gauge("process_start_time_seconds", "When the server started, in seconds since 1970.",
            seen => new DateTimeOffset(seen.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        Gauge("dotnet_gc_heap_size_bytes", "Managed memory in use, as of the last collection.", _ => GC.GetGCMemoryInfo().HeapSizeBytes);
        Counter("dotnet_gc_pause_seconds_total", "Time that collections have held the server up.",
            _ => GC.GetTotalPauseDuration().TotalSeconds);
        Counter("dotnet_gc_collections_total", "Collections of managed memory.",
            _ => Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation =>
            Of(GC.CollectionCount(generation), ("generation", generation.ToString(CultureInfo.InvariantCulture)))));
        Gauge("dotnet_thread_pool_threads", "Threads of the thread pool.", _ => ThreadPool.ThreadCount);
        Gauge("dotnet_thread_pool_queue_length", "Work that waits for a thread.", _ => ThreadPool.PendingWorkItemCount);
    }
}
