using System.Security.Cryptography;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Keeps a camera's session alive, which ends when the camera hears nothing for as long as it named. When one request
/// is refused or stays without an answer, the other one is sent while there is time.
/// </summary>
/// <param name="methods">What the camera says it has; null when it does not say.</param>
/// <param name="habits">What is known of the camera, and will be.</param>
internal sealed class CameraKeepAlive(string? methods, CameraHabits habits, TimeProvider time)
{
    private const double UsualTimeout = 60;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestGrace = TimeSpan.FromSeconds(2);

    private volatile TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _timeout = double.PositiveInfinity;
    private string? _session;
    private volatile string? _asked;
    private long _askedAt;

    /// <summary>Reads the session's name and timeout (RFC 2326 12.37) from a response to SETUP or PLAY.</summary>
    public void Learn(RtspMessage response)
    {
        if (response["Session"] is not { } session)
        {
            return;
        }

        var parts = session.Split(';', StringSplitOptions.TrimEntries);
        _session = parts[0];
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && part[..equals].Trim().Equals("timeout", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(part.AsSpan(equals + 1).Trim().Trim('"'), out var seconds) && seconds > 0)
            {
                _timeout = Math.Min(_timeout, seconds);
            }
        }
    }

    /// <summary>Keeps the session alive from now on.</summary>
    /// <param name="channel">The channel of a stream's reports.</param>
    public async Task RunAsync(
        string address, byte channel, Func<RtspMessage, Task> ask, Func<ReadOnlyMemory<byte>, Task> report,
        CancellationToken cancellationToken)
    {
        var half = TimeSpan.FromSeconds((double.IsInfinity(_timeout) ? UsualTimeout : _timeout) / 2);
        var period = half < Shortest ? Shortest : half > Longest ? Longest : half;
        var grace = period / 2 < LongestGrace ? period / 2 : LongestGrace;
        while (true)
        {
            await Task.Delay(period - grace, time, cancellationToken).ConfigureAwait(false);
            var method = habits.KeepAlive(methods);
            await AskAsync(method).ConfigureAwait(false);
            await Task.WhenAny(_refused.Task, Task.Delay(grace, time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_asked is null)
            {
                continue;
            }

            habits.Avoid(method);
            await AskAsync(CameraHabits.Other(method)).ConfigureAwait(false);
            if (habits.KnowsNone)
            {
                // Some cameras count a receiver's reports alone.
                await report(EmptyReport(channel)).ConfigureAwait(false);
            }
        }

        Task AskAsync(string method)
        {
            var request = RtspMessage.Request(method, address);
            request["Session"] = _session;
            _refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref _askedAt, time.GetTimestamp());
            _asked = method;
            return ask(request);
        }
    }

    public void Answered(RtspMessage request, int status)
    {
        if (request.Method != _asked)
        {
            return;
        }

        if (status < 300)
        {
            _asked = null;
        }
        else
        {
            _refused.TrySetResult();
        }
    }

    /// <summary>The camera has closed; perhaps it took offence at what it was asked last.</summary>
    public void Closed()
    {
        if (_asked is { } last && time.GetElapsedTime(Interlocked.Read(ref _askedAt)) < LongestGrace)
        {
            habits.Avoid(last);
        }
    }

    // A receiver report without blocks (RFC 3550 6.4.2).
    private static byte[] EmptyReport(byte channel) =>
        [(byte)'$', channel, 0, 8, 0x80, 201, 0, 1, .. RandomNumberGenerator.GetBytes(4)];
}
