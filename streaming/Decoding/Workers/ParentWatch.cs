using System.Runtime.InteropServices;

namespace Xunke.Streaming.Decoding.Workers;

/// <summary>
/// Ends a worker whose parent has gone. The end of its input tells it so as well, but not while it is caught inside a
/// decoder. PR_SET_PDEATHSIG would not do: it fires when the parent's <em>thread</em> that made the child ends, and
/// that is a thread of the pool.
/// </summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Starts to watch, for as long as the process lives.</summary>
    public static void Start()
    {
        var parent = getppid();
        var watch = new Thread(() =>
        {
            while (getppid() == parent)
            {
                Thread.Sleep(Interval);
            }

            Environment.Exit(0);
        })
        {
            IsBackground = true,
            Name = "parent watch",
        };
        watch.Start();
    }

    [LibraryImport("libc")]
    private static partial int getppid();
}
