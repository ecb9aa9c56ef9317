using System.Net;
using Microsoft.Extensions.Logging;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Rooms;
using Xunke.Streaming.Sdp;
using Xunke.Streaming.Transport;
using Xunke.Streaming.Transport.Dtls;
using Xunke.Streaming.Transport.Network;
using Xunke.Tests.Support;

namespace Xunke.Tests.Streaming.Edge;

/// <summary>A media plane on a loopback socket without threads of its own: the test hands it datagrams and moves its clock.</summary>
internal sealed class TestPlane : IDisposable
{
    public const string Room = "room";

    private const long Patience = 60_000_000;

    private readonly DtlsCertificate _certificate = DtlsCertificate.Create(TimeProvider.System);
    private readonly MediaEvents _events = new(exception => throw exception);

    public TestPlane(ILogger logger)
    {
        Endpoint = UdpEndpoint.Bind(IPAddress.Loopback, 0);
        var context = new SessionContext(new MediaClock(Time), _certificate, new Outbox(Endpoint), Patience, Patience);
        Plane = new MediaPlane(new MediaServerOptions(), context, Points, _events, logger);
    }

    public ManualTime Time { get; } = new();

    public TapPoints Points { get; } = new();

    public UdpEndpoint Endpoint { get; }

    public MediaPlane Plane { get; }

    /// <summary>Takes a publisher's offer and gives the answer.</summary>
    public string Publish(string sdp, string room = Room)
    {
        var offer = SessionDescription.Parse(sdp);
        return Answer(offer, Plane.Signalling.Publish(room, offer, out var accepted), accepted, null);
    }

    /// <summary>Takes a viewer's offer and gives the answer.</summary>
    public string View(string sdp, string room = Room)
    {
        var offer = SessionDescription.Parse(sdp);
        var viewer = Plane.Signalling.View(room, offer, MediaKinds.Both, out var accepted);
        return Answer(offer, viewer, accepted, viewer.Ssrc);
    }

    /// <summary>Moves the clock and does what is then due, news for observers included, as the server's own thread does.</summary>
    public void Pass(TimeSpan time)
    {
        Time.Advance(time);
        Plane.Tick();
        _events.Deliver();
    }

    public void Dispose()
    {
        Plane.CloseAll();
        Endpoint.Dispose();
        _certificate.Dispose();
    }

    private string Answer(
        SessionDescription offer, MediaSession session,
        System.Collections.Immutable.ImmutableArray<AcceptedMedia> accepted, Func<MediaKind, uint>? ssrc) => new AnswerWriter
        {
            Offer = offer,
            Accepted = accepted,
            Local = session.Transport,
            Candidates = new HostCandidates([IPAddress.Loopback], Endpoint.Port),
            Ssrc = ssrc,
        }.Write();
}
