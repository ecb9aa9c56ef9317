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

    public IceCredentials Local { get; } = local;

    public IceCredentials Remote { get; } = remote;

    public byte[] Username { get; } = Encoding.UTF8.GetBytes($"{remote.Ufrag}:{local.Ufrag}");

    public ulong TieBreaker { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>Finds a path to one of the candidates and nominates it.</summary>
    /// <param name="candidates">The server's candidates, the most preferred first.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long to try.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
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
            chosen = await FirstToAnswerAsync(paths, time, either.Token);
            await chosen.CheckAsync(nominate: true, time, either.Token);
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
        var first = await Task.WhenAny(checks);
        await enough.CancelAsync();

        // All checks must have let go of their sockets before those are closed or used further.
        await Task.WhenAll(checks).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await first;
    }

    private static async Task<IcePath> CheckAsync(IcePath path, int order, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(Pace * order, time, cancellationToken);
        await path.CheckAsync(nominate: false, time, cancellationToken);
        return path;
    }
}
