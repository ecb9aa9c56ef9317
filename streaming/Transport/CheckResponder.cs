using Xunke.Streaming.Transport.Ice;
using Xunke.Streaming.Transport.Network;

namespace Xunke.Streaming.Transport;

/// <summary>Answers the peers' connectivity checks as a lite agent does (RFC 8445 7.3) and learns their addresses.</summary>
internal sealed class CheckResponder(SessionTable sessions, Outbox outbox)
{
    // A stray check is cheap and often honest: after a restart of this server all browsers of a school, one address behind
    // its NAT, send them for a while. A wrong password costs a hash and is never honest.
    private const int StrayTokens = 1;
    private const int GuessTokens = 10;

    private readonly SourceLimiter _failures = new();

    /// <summary>Answers a check.</summary>
    /// <param name="from">Where it came from, and where the answer goes.</param>
    /// <returns>False when it is no check of a session with that session's password; it is not answered then.</returns>
    public bool TryAnswer(ReadOnlySpan<byte> datagram, in Origin from, long now)
    {
        var isStranger = sessions.Find(from) is null;
        if (isStranger && !_failures.Allows(from.Address, now))
        {
            return false;
        }

        // RFC 8489 9.1.3 would answer 400 or 401: silence gives a scanner nothing and a forged source no traffic.
        if (!Stun.TryParseBindingRequest(datagram, out var request)
            || !sessions.TryFindByFragment(request.LocalUfrag, out var session, out var ice))
        {
            Charge(from, isStranger, StrayTokens);
            return false;
        }

        if (!Stun.VerifyIntegrity(request, ice.Local.PasswordBytes))
        {
            Charge(from, isStranger, GuessTokens);
            return false;
        }

        if (request.Role == IceRole.Controlled)
        {
            // RFC 8445 6.1.1: a lite agent is always controlled, so the peer must take the other role.
            var length = Stun.WriteBindingError(outbox.Reserve(), request, StunErrorCode.RoleConflict, ice.Local.PasswordBytes);
            Answer(length, datagram.Length, from);
        }
        else if (request.UnknownAttribute != 0)
        {
            var length = Stun.WriteBindingError(outbox.Reserve(), request, StunErrorCode.UnknownAttribute, ice.Local.PasswordBytes);
            Answer(length, datagram.Length, from);
        }
        else if (!sessions.TryBind(session, ice, from, request.UseCandidate, now))
        {
            // The address is in use by another session: an answer would go to that one's peer.
            return false;
        }
        else
        {
            session.Heard(now);
            Answer(Stun.WriteBindingSuccess(outbox.Reserve(), request, from.Address, ice.Local.PasswordBytes), datagram.Length, from);
            session.StartHandshake();
        }

        return true;
    }

    private void Charge(in Origin from, bool isStranger, int tokens)
    {
        if (isStranger)
        {
            _failures.Charge(from.Address, tokens);
        }
    }

    // A check as RFC 8445 7.1 wants it is longer than any answer; a shorter one may have a forged source.
    private void Answer(int length, int asked, in Origin from)
    {
        if (length <= asked)
        {
            outbox.Commit(length, from);
        }
    }
}
