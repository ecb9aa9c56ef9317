using System.Diagnostics;
using System.Net.Sockets;

namespace Xunke.Tests.Support;

/// <summary>Sends each datagram when its time has come, to a millisecond, on a thread of its own.</summary>
internal sealed class DelayLine : IDisposable
{
    private readonly PriorityQueue<(byte[] Datagram, Action<byte[]> Send), (long Due, long Order)> _waiting = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private long _order;
    private bool _stopped;

    public DelayLine()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "delay line" };
        _thread.Start();
    }

    /// <summary>Adds a datagram.</summary>
    /// <param name="due">When to send it, on <see cref="Stopwatch"/>'s clock.</param>
    /// <param name="datagram">The caller gives it away.</param>
    /// <param name="send">Sends it; a socket's fault is taken for a loss.</param>
    public void Add(long due, byte[] datagram, Action<byte[]> send)
    {
        lock (_gate)
        {
            _waiting.Enqueue((datagram, send), (due, _order++));
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        while (TryWaitForNext(out var next))
        {
            try
            {
                next.Send(next.Datagram);
            }
            catch (Exception lost) when (lost is SocketException or ObjectDisposedException)
            {
                // The peer has gone, as peers of a real path do.
            }
        }
    }

    private bool TryWaitForNext(out (byte[] Datagram, Action<byte[]> Send) next)
    {
        lock (_gate)
        {
            next = default;
            while (!_stopped)
            {
                if (!_waiting.TryPeek(out next, out var priority))
                {
                    Monitor.Wait(_gate);
                    continue;
                }

                var wait = (priority.Due - Stopwatch.GetTimestamp()) * 1000.0 / Stopwatch.Frequency;
                if (wait <= 0)
                {
                    _waiting.Dequeue();
                    return true;
                }

                Monitor.Wait(_gate, (int)Math.Ceiling(wait));
            }

            return false;
        }
    }
}
