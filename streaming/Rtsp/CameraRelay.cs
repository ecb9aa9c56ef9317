using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Stands between FFmpeg and a camera: answers what is known already, signs FFmpeg's requests with the camera's user
/// and password, and passes the packets on as they are. Whoever lists the processes of the machine sees no password.
/// </summary>
/// <param name="link">The camera.</param>
/// <param name="offer">What FFmpeg is told that the camera has.</param>
internal sealed class CameraRelay(CameraLink link, CameraOffer offer)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Pending> _pending = [];

    /// <summary>Serves one player until it or the camera closes.</summary>
    /// <param name="player">FFmpeg's connection.</param>
    /// <param name="first">Its first request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CameraException">The camera closed, or refused a request.</exception>
    public async Task RunAsync(RtspConnection player, RtspMessage first, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = PassRequestsAsync(player, first, ending.Token);
        var packets = PassPacketsAsync(player, ending.Token);
        var ended = await Task.WhenAny(requests, packets).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await (ended == requests ? packets : requests).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.ConfigureAwait(false);
    }

    private async Task PassRequestsAsync(RtspConnection player, RtspMessage first, CancellationToken cancellationToken)
    {
        try
        {
            for (var request = first; request is not null; request = await player.ReadMessageAsync(cancellationToken).ConfigureAwait(false))
            {
                if (request.Method == "DESCRIBE")
                {
                    var answer = RtspMessage.Answer(request);
                    answer["Content-Type"] = "application/sdp";
                    answer["Content-Base"] = link.BaseAddress;
                    answer.Body = Encoding.UTF8.GetBytes(offer.Sdp);
                    await player.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
                }
                else if (request.Method == "OPTIONS" && request["Session"] is null)
                {
                    var answer = RtspMessage.Answer(request);
                    answer["Public"] = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN";
                    await player.WriteAsync(answer, cancellationToken).ConfigureAwait(false);
                }
                else if (!request.IsResponse)
                {
                    await PassAsync(new Pending(request, request["CSeq"], Repeated: false), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // FFmpeg or the camera has gone; whoever watches the other end says which.
        }
    }

    private async Task PassPacketsAsync(RtspConnection player, CancellationToken cancellationToken)
    {
        try
        {
            while (await link.Connection.FillAsync(cancellationToken).ConfigureAwait(false))
            {
                while (true)
                {
                    if (link.Connection.TryTakeFrames(out var frames))
                    {
                        if (!await TryWriteAsync(player, frames, cancellationToken).ConfigureAwait(false))
                        {
                            return;
                        }
                    }
                    else if (link.Connection.TakeMessage() is not { } message)
                    {
                        break;
                    }
                    else if (!await TryAnswerAsync(player, message, cancellationToken).ConfigureAwait(false))
                    {
                        return;
                    }
                }
            }
        }
        catch (IOException broken)
        {
            throw new CameraException(CameraFaults.Lost, null, broken);
        }
        catch (RtspException malformed)
        {
            throw new CameraException(CameraFaults.NotRtsp, null, malformed);
        }

        throw new CameraException(CameraFaults.Lost);
    }

    /// <returns>False when the player has gone.</returns>
    private async Task<bool> TryAnswerAsync(RtspConnection player, RtspMessage message, CancellationToken cancellationToken)
    {
        if (!message.IsResponse)
        {
            // RFC 2326 10: a server may ask too, but for nothing that is needed here.
            await link.Connection.WriteAsync(RtspMessage.Answer(message, "501 Not Implemented"), cancellationToken).ConfigureAwait(false);
            return true;
        }

        Pending? asked;
        lock (_gate)
        {
            _pending.Remove(message.Sequence, out asked);
        }

        if (asked is null)
        {
            return true;
        }

        if (!asked.Repeated && link.TryLearn(message))
        {
            // The camera has changed its nonce, as it may at any time.
            await PassAsync(asked with { Repeated = true }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (message.Status >= 300 && asked.Request.Method is ("SETUP" or "PLAY"))
        {
            throw CameraLink.Refusal(message);
        }

        message["CSeq"] = asked.Sequence;
        return await TryWriteAsync(player, message.ToBytes(), cancellationToken).ConfigureAwait(false);
    }

    private async Task PassAsync(Pending pending, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Before it is sent, as the answer may come at once.
            _pending[link.Sign(pending.Request)] = pending;
        }

        await link.Connection.WriteAsync(pending.Request, cancellationToken).ConfigureAwait(false);
    }

    // That FFmpeg has gone is no fault of the camera; its end is noticed elsewhere.
    private static async Task<bool> TryWriteAsync(RtspConnection player, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await player.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private sealed record Pending(RtspMessage Request, string? Sequence, bool Repeated);
}
