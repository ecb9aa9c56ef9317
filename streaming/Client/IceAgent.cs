using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Xunke.Streaming.Transport.Ice;

namespace Xunke.Streaming.Client;

/// <summary>
/// The controlling side of ICE (RFC 8445): the publisher made the offer, so it checks the server's candidates and
/// nominates the first that answers. It gathers none of its own, since the server learns its address from the checks.
/// </summary>
/// <param name="local">The credentials in the own offer.</param>
/// <param name="remote">The credentials in the server's answer.</param>
internal sealed class IceAgent(IceCredentials local, IceCredentials remote)
{
    // RFC 8445 section 14.2 paces checks by 50 ms against congestion; there are eight candidates at most.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    // Type preference of a peer-reflexive candidate, one local address, component 1 (RFC 8445 section 5.1.2.1).
    private const uint PeerReflexivePriority = (110u << 24) | (65535u << 8) | 255u;

    private readonly byte[] _username = Encoding.UTF8.GetBytes($"{remote.Ufrag}:{local.Ufrag}");
    private readonly ulong _tieBreaker = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Writes a check with a fresh transaction identifier, which is also the sign of life that the server waits for (RFC
    /// 7675).</summary>
    /// <param name="message">Receives it: <see cref="Stun.MaximumWrittenLength"/> bytes.</param>
    /// <param name="nominate">Whether it carries USE-CANDIDATE.</param>
    /// <returns>The bytes written.</returns>
    public int WriteCheck(Span<byte> message, bool nominate, Span<byte> transactionId)
    {
        RandomNumberGenerator.Fill(transactionId);
        var check =
            new IceCheck { Username = _username, Priority = PeerReflexivePriority, TieBreaker = _tieBreaker, UseCandidate = nominate };
        return Stun.WriteBindingRequest(message, check, transactionId, remote.PasswordBytes);
    }

    /// <summary>True for an authentic success response.</summary>
    /// <param name="transactionId">That of the check which it must answer; empty for any.</param>
    public bool IsAnswer(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> transactionId) =>
        Stun.TryParseBindingResponse(datagram, out var response)
        && (transactionId.IsEmpty || response.TransactionId.SequenceEqual(transactionId))
        && response.IsSuccess
        && response.VerifyIntegrity(remote.PasswordBytes);

    /// <summary>Writes the answer to a check that a full agent sends from its side.</summary>
    /// <returns>The bytes written; 0 when it is no check, or not the server's.</returns>
    public int WriteAnswer(Span<byte> message, ReadOnlySpan<byte> datagram, IPEndPoint server) =>
        Stun.TryParseBindingRequest(datagram, out var request) && request.VerifyIntegrity(local.PasswordBytes)
            ? Stun.WriteBindingSuccess(message, request, server, local.PasswordBytes)
            : 0;

    /// <summary>Finds a path to one of the candidates and nominates it.</summary>
    /// <param name="candidates">The server's candidates, the most preferred first.</param>
    /// <exception cref="PublishRetryException">No candidate answered.</exception>
    public async Task<IcePath> ConnectAsync(
        IReadOnlyList<IceCandidate> candidates, TimeProvider time, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        List<IcePath> paths = [];
        IcePath? chosen = null;
        try
        {
            paths.AddRange(candidates.Select(Open).OfType<IcePath>());
            chosen = await FirstToAnswerAsync(paths, time, either.Token).ConfigureAwait(false);
            await chosen.CheckAsync(nominate: true, time, either.Token).ConfigureAwait(false);
            paths.Remove(chosen);
            return chosen;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PublishRetryException("none of the server's addresses answered over UDP");
        }
        finally
        {
            paths.ForEach(path => path.Dispose());
        }
    }

    private IcePath? Open(IceCandidate candidate)
    {
        try
        {
            return new IcePath(this, candidate.EndPoint);
        }
        catch (SocketException)
        {
            // No route: an IPv6 candidate on a host without IPv6, for one.
            return null;
        }
    }

    private static async Task<IcePath> FirstToAnswerAsync(List<IcePath> paths, TimeProvider time, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
        {
            throw new PublishRetryException("the server offers no address that can be reached from here");
        }

        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var checks = paths.Select((path, order) => CheckAsync(path, order, time, enough.Token)).ToList();
        var first = await Task.WhenAny(checks).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);

        // All checks must have let go of their sockets before those are closed or used further.
        await Task.WhenAll(checks).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).ConfigureAwait(false);
        return await first.ConfigureAwait(false);
    }

    private static async Task<IcePath> CheckAsync(IcePath path, int order, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(Pace * order, time, cancellationToken).ConfigureAwait(false);
        await path.CheckAsync(nominate: false, time, cancellationToken).ConfigureAwait(false);
        return path;
    }
}
