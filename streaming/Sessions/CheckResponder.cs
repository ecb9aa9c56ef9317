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
            || !sessions.TryFindByFragment(request.LocalUfrag, out var session, out var ice)
            || !Stun.VerifyIntegrity(request, ice.Local.PasswordBytes))
        {
            return false;
        }

        if (request.Role == IceRole.Controlled)
        {
            // RFC 8445 6.1.1: a lite agent is always controlled, so the peer must take the other role.
            Refuse(request, StunErrorCode.RoleConflict, ice, from);
        }
        else if (request.UnknownAttribute != 0)
        {
            Refuse(request, StunErrorCode.UnknownAttribute, ice, from);
        }
        else
        {
            Accept(session, ice, request, from, now);
        }

        return true;
    }

    private void Accept(MediaSession session, IceSession ice, in StunRequest request, SocketAddress from, long now)
    {
        session.Heard(now);
        sessions.Bind(session, from, request.UseCandidate);
        if (request.UseCandidate)
        {
            sessions.Nominate(session, ice);
        }

        outbox.Commit(Stun.WriteBindingSuccess(outbox.Reserve(), request, from, ice.Local.PasswordBytes), from);
        session.StartHandshake();
    }

    private void Refuse(in StunRequest request, StunErrorCode error, IceSession ice, SocketAddress from) =>
        outbox.Commit(Stun.WriteBindingError(outbox.Reserve(), request, error, ice.Local.PasswordBytes), from);
}
