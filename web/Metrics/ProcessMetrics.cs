using System.Diagnostics;
using System.Globalization;

namespace Xunke.Web.Metrics;

/// <summary>What the process uses, under the names that every Prometheus dashboard knows.</summary>
internal sealed class ProcessMetrics : IMetricSource
{
    /// <inheritdoc />
    public void Write(MetricWriter writer)
    {
        using var process = Process.GetCurrentProcess();
        writer.Counter("process_cpu_seconds_total", "Processor time of the server, without its child processes.")
            .Add(process.TotalProcessorTime.TotalSeconds);
        writer.Gauge("process_resident_memory_bytes", "Memory of the server that is in RAM, without its child processes.")
            .Add(process.WorkingSet64);
        writer.Gauge("process_virtual_memory_bytes", "Address space of the server.").Add(process.VirtualMemorySize64);
        writer.Gauge("process_open_fds", "Open file descriptors.").Add(process.HandleCount);
        writer.Gauge("process_threads", "Threads of the server.").Add(process.Threads.Count);
        writer.Gauge("process_start_time_seconds", "When the server started, in seconds since 1970.")
            .Add(new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
        writer.Gauge("dotnet_gc_heap_size_bytes", "Managed memory in use, as of the last collection.").Add(GC.GetGCMemoryInfo().HeapSizeBytes);
        writer.Counter("dotnet_gc_pause_seconds_total", "Time that collections have held the server up.").Add(GC.GetTotalPauseDuration().TotalSeconds);
        MetricFamily collections = writer.Counter("dotnet_gc_collections_total", "Collections of managed memory.");
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            collections.Add(GC.CollectionCount(generation), ("generation", generation.ToString(CultureInfo.InvariantCulture)));
        }

        writer.Gauge("dotnet_thread_pool_threads", "Threads of the thread pool.").Add(ThreadPool.ThreadCount);
        writer.Gauge("dotnet_thread_pool_queue_length", "Work that waits for a thread.").Add(ThreadPool.PendingWorkItemCount);
    }
}
