using System.Text;

namespace Xunke.Streaming.Rtsp;

/// <summary>
/// Stands between FFmpeg and a camera: answers what is known already, signs FFmpeg's requests with the camera's user
/// and password, keeps the camera's session alive, and passes the packets on with their times put right. Whoever lists
/// the processes of the machine sees no password.
/// </summary>
/// <param name="offer">What FFmpeg is told that the camera has.</param>
internal sealed class CameraRelay(CameraLink link, CameraOffer offer, CameraHabits habits, CameraTimes times, TimeProvider time)
{
    private const int MostPending = 8;

    private readonly Lock _gate = new();
    private readonly List<Pending> _pending = [];
    private readonly CameraKeepAlive _keepAlive = new(link.Methods, habits, time);
    private readonly TaskCompletionSource<string> _playing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte _reports = 1;

    /// <summary>Serves one player until it or the camera closes.</summary>
    /// <param name="player">FFmpeg's connection.</param>
    /// <exception cref="CameraException">The camera closed, or refused a request.</exception>
    /// <exception cref="CameraRedirect">The camera names another address.</exception>
    public async Task RunAsync(RtspConnection player, RtspMessage first, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = PassRequestsAsync(player, first, ending.Token);
        var packets = PassPacketsAsync(player, ending.Token);
        var keepAlive = KeepAliveAsync(ending.Token);
        var ended = await Task.WhenAny(requests, packets).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(requests, packets, keepAlive).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ended.ConfigureAwait(false);
    }

    private async Task PassRequestsAsync(RtspConnection player, RtspMessage first, CancellationToken cancellationToken)
    {
        try
        {
            for (var request = first; request is not null; request = await player.ReadMessageAsync(cancellationToken).ConfigureAwait(false))
            {
                if (request.Method is "DESCRIBE" or "OPTIONS" or "GET_PARAMETER")
                {
                    await player.WriteAsync(Known(request), cancellationToken).ConfigureAwait(false);
                }
                else if (!request.IsResponse)
                {
                    await PassAsync(new Pending(request, request["CSeq"], request["Transport"]), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            // FFmpeg or the camera has gone; whoever watches the other end says which.
        }
    }

    // The description has been asked for, and the session is kept alive by the relay's own requests.
    private RtspMessage Known(RtspMessage request)
    {
        var answer = RtspMessage.Answer(request);
        answer["Session"] = request["Session"];
        if (request.Method == "DESCRIBE")
        {
            answer["Content-Type"] = "application/sdp";
            answer["Content-Base"] = link.BaseAddress;
            answer.Body = Encoding.Latin1.GetBytes(offer.Sdp);
        }
        else if (request.Method == "OPTIONS")
        {
            answer["Public"] = link.Methods ?? "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN";
        }

        return answer;
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
                        times.Repair(frames.Span);
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
            _keepAlive.Closed();
            throw link.Breakdown(broken);
        }
        catch (RtspException malformed)
        {
            throw new CameraException(CameraFaults.Garbled, null, malformed);
        }

        _keepAlive.Closed();
        throw link.Breakdown();
    }

    private async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var address = await _playing.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _keepAlive.RunAsync(
                address,
                _reports,
                request => PassAsync(new Pending(request, null, null), cancellationToken),
                async frame => await link.Connection.WriteAsync(frame, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // Whoever reads from the camera notices too, and says why.
        }
    }

    /// <returns>False when the player has gone.</returns>
    private async Task<bool> TryAnswerAsync(RtspConnection player, RtspMessage message, CancellationToken cancellationToken)
    {
        if (!message.IsResponse)
        {
            await link.Connection.WriteAsync(CameraQuestions.Answer(message), cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (message.Status < 200 || TakeAsked(message.Sequence) is not { } asked)
        {
            return true;
        }

        if (link.MayRepeat(message, asked.Attempts))
        {
            // The camera has changed its nonce, as it may at any time.
            await PassAsync(asked with { Attempts = asked.Attempts + 1 }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        if (asked.PlayerSequence is null)
        {
            _keepAlive.Answered(asked.Request, message.Status);
            return true;
        }

        Prepare(asked, message);
        message["CSeq"] = asked.PlayerSequence;
        return await TryWriteAsync(player, message.ToBytes(), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="CameraException">The camera refused.</exception>
    private void Prepare(Pending asked, RtspMessage message)
    {
        if (asked.Request.Method is not ("SETUP" or "PLAY"))
        {
            return;
        }

        if (message.Status >= 300)
        {
            throw link.Refusal(message);
        }

        _keepAlive.Learn(message);
        if (asked.Request.Method == "SETUP")
        {
            var transport = CameraTransport.Read(message["Transport"], asked.Transport);
            link.Sync.Expect(transport.Media);
            link.Sync.Expect(transport.Reports);
            times.Add(transport, asked.Request.Uri);
            _reports = transport.Reports;
            message["Transport"] = transport.ToString();
        }
        else
        {
            times.Start(message["RTP-Info"]);
            _playing.TrySetResult(asked.Request.Uri);
        }
    }

    // Over one connection answers come in the order of the questions, so that a number which is missing or wrong does no
    // harm; a right one also tells which questions before it stay without an answer.
    private Pending? TakeAsked(int sequence)
    {
        lock (_gate)
        {
            if (_pending.Count == 0)
            {
                return null;
            }

            var index = Math.Max(0, _pending.FindIndex(pending => pending.Sequence == sequence));
            var asked = _pending[index];
            _pending.RemoveRange(0, index + 1);
            return asked;
        }
    }

    private async Task PassAsync(Pending pending, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            // Before it is sent, as the answer may come at once. Some cameras never answer what keeps their session alive.
            _pending.RemoveRange(0, Math.Max(0, _pending.Count - MostPending));
            _pending.Add(pending with { Sequence = link.Sign(pending.Request) });
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

    /// <summary>A request that the camera has not answered.</summary>
    /// <param name="PlayerSequence">FFmpeg's number of it; null for the relay's own.</param>
    private sealed record Pending(RtspMessage Request, string? PlayerSequence, string? Transport, int Sequence = 0, int Attempts = 1);
}
