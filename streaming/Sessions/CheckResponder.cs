using System.Net;
using Xunke.Streaming.Ice;
using Xunke.Streaming.Network;

namespace Xunke.Streaming.Sessions;

/// <summary>Answers the peers' connectivity checks as a lite agent does (RFC 8445 7.3) and learns their addresses.</summary>
internal sealed class CheckResponder(SessionTable sessions, Outbox outbox)
{
    /// <summary>Answers a check.</summary>
    /// <param name="datagram">Any content.</param>
    /// <param name="from">Where it came from, and where the answer goes.</param>
    /// <returns>False when it is no check of a session with that session's password; it is not answered then.</returns>
    public bool TryAnswer(ReadOnlySpan<byte> datagram, SocketAddress from, long now)
    {
        // RFC 8489 9.1.3 would answer 400 or 401: silence gives a scanner nothing and a forged source no traffic.
        if (!Stun.TryParseBindingRequest(datagram, out var request)
            || sessions.FindByFragment(request.LocalUfrag) is not { } session
            || !Stun.VerifyIntegrity(request, session.Credentials.PasswordBytes))
        {
            return false;
        }

        var reserved = outbox.Reserve();
        var password = session.Credentials.PasswordBytes;
        int length;
        if (request.Role == IceRole.Controlled)
        {
            // RFC 8445 6.1.1: a lite agent is always controlled, so the peer must take the other role.
            length = Stun.WriteBindingError(reserved, request, StunErrorCode.RoleConflict, password);
        }
        else if (request.UnknownAttribute != 0)
        {
            length = Stun.WriteBindingError(reserved, request, StunErrorCode.UnknownAttribute, password);
        }
        else
        {
            session.Heard(now);
            sessions.Bind(session, from, request.UseCandidate);
            length = Stun.WriteBindingSuccess(reserved, request, from, password);
        }

        outbox.Commit(length, from);
        return true;
    }
}
