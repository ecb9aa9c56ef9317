using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Xunke.Streaming.Recording;

/// <summary>
/// Writes the fragments of all recordings on a thread of its own, so that a slow disk never holds up the media. Each
/// recording may have <see cref="MostWaiting"/> fragments waiting; one more is left out whole, which the recording shows
/// as a gap between two parts.
/// </summary>
internal sealed partial class RecordingWriter : IDisposable
{
    /// <summary>About eight seconds of a recording, or 16 MiB.</summary>
    public const int MostWaiting = 4;

    private readonly BlockingCollection<(RecordingPart Part, Fragment? Fragment)> _orders = new();
    private readonly Thread _thread;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Starts the thread.</summary>
    public RecordingWriter(TimeProvider time, ILogger logger)
    {
        _time = time;
        _logger = logger;
        _thread = new Thread(Run) { IsBackground = true, Name = "recording writer" };
        _thread.Start();
    }

    /// <summary>Queues a fragment, which is the writer's from now on.</summary>
    /// <returns>False when too many wait; the fragment is gone.</returns>
    public bool TryAppend(RecordingPart part, Fragment fragment)
    {
        if (part.Owner.TryQueue(MostWaiting))
        {
            _orders.Add((part, fragment));
            return true;
        }

        fragment.Dispose();
        return false;
    }

    /// <summary>Queues the end of a part.</summary>
    public void Complete(RecordingPart part) => _orders.Add((part, null));

    /// <summary>Writes what is queued and ends.</summary>
    public void Dispose()
    {
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }

    private void Run()
    {
        foreach (var (part, fragment) in _orders.GetConsumingEnumerable())
        {
            try
            {
                if (fragment is null)
                {
                    part.Owner.OnPartComplete(part, part.Complete());
                }
                else
                {
                    part.Append(fragment, _time);
                }
            }
            catch (Exception fault)
            {
                // A full disk, or a bug: either way this recording has a hole, and the others go on.
                LogFailed(_logger, fault, part.Owner.RoomId, part.Number);
                part.Owner.OnWriteFailed();
            }
            finally
            {
                if (fragment is null)
                {
                    part.End();
                }
                else
                {
                    fragment.Dispose();
                    part.Owner.OnWritten();
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recording room {RoomId}: part {Part} cannot be written")]
    private static partial void LogFailed(ILogger logger, Exception fault, string roomId, int part);
}
