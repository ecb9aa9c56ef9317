using System.Net;
using System.Threading.Channels;
using Xunke.Streaming;
using Xunke.Streaming.Edge;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Media;

/// <summary>
/// Puts in the audit trail that a room's pictures come from somebody else by WHIP: a new session takes the room from one
/// that lives, or comes from another address than the one before. A session's own ICE restart is none. One line a room in ten
/// minutes; those in between are counted in the next one, so that a flapping camera does not fill the trail.
/// </summary>
internal sealed partial class Takeovers(
    MonitoringHost monitoring, AuditTrail audit, WorkGuard guard, TimeProvider time, ILogger<Takeovers> log)
    : PeriodicWork("audit.takeovers", TimeSpan.FromSeconds(5), guard, time), IMediaObserver
{
    /// <summary>The action of the lines.</summary>
    public const string TakenOver = "room.taken-over";

    private const int MostWaiting = 1000;

    private static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Publisher> _rooms = new(StringComparer.Ordinal);

    // One room has one line in ten minutes, so that this is never full while the database works.
    private readonly Channel<(string RoomId, string Text)> _lines =
        Channel.CreateBounded<(string, string)>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>Somebody has the key of a room and offers to publish.</summary>
    public void Offered(string sessionId, IPAddress? address)
    {
        lock (_gate)
        {
            _offers[sessionId] = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "unknown";
        }
    }

    /// <inheritdoc />
    protected override void Configure() => monitoring.Running.Media.Observe(this);

    /// <inheritdoc />
    public void PublisherConnected(string roomId, string sessionId, MediaDescription media)
    {
        lock (_gate)
        {
            // RTSP cameras make no offer; an administrator sets them, which is on record.
            if (!_offers.TryGetValue(sessionId, out string? address))
            {
                _rooms.Remove(roomId);
                return;
            }

            if (!_rooms.TryGetValue(roomId, out Publisher? before))
            {
                _rooms[roomId] = new Publisher(sessionId, address);
                return;
            }

            string from = before.Address;
            bool isAnother = before.Lives || from != address;
            before.Take(sessionId, address);
            if (isAnother && Count(before) is { } uncounted)
            {
                _lines.Writer.TryWrite((roomId,
                    uncounted == 0 ? $"{roomId} by {address} from {from}" : $"{roomId} by {address} from {from}; {uncounted} more before"));
            }
        }
    }

    /// <inheritdoc />
    public void PublisherGone(string roomId, string sessionId, GoneReason reason)
    {
        lock (_gate)
        {
            _offers.Remove(sessionId);
            if (_rooms.TryGetValue(roomId, out Publisher? publisher) && publisher.SessionId == sessionId)
            {
                // It lived until the newer one, whose event follows, took its place.
                publisher.Lives = reason is GoneReason.Replaced;
            }
        }
    }

    /// <inheritdoc />
    public void ViewerConnected(string roomId, string sessionId)
    {
        // Viewers have visits, which are on record.
    }

    /// <inheritdoc />
    public void ViewerGone(string roomId, string sessionId, GoneReason reason)
    {
        // As above.
    }

    /// <summary>One long pass, because a takeover is told at once.</summary>
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        await foreach ((string roomId, string text) in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await audit.RecordAsync(AuditTrail.System, TakenOver, text);
            }
            catch (Exception fault)
            {
                // The next takeover of any room must still be told; this one is in the log.
                LogUntold(fault, roomId, text);
            }
        }
    }

    private int? Count(Publisher publisher)
    {
        if (publisher.ToldAt is { } told && Time.GetElapsedTime(told) < Together)
        {
            publisher.Uncounted++;
            return null;
        }

        (int uncounted, publisher.Uncounted, publisher.ToldAt) = (publisher.Uncounted, 0, Time.GetTimestamp());
        return uncounted;
    }

    private sealed class Publisher(string sessionId, string address)
    {
        public string SessionId { get; private set; } = sessionId;

        public string Address { get; private set; } = address;

        public bool Lives { get; set; } = true;

        public long? ToldAt { get; set; }

        public int Uncounted { get; set; }

        public void Take(string session, string from) => (SessionId, Address, Lives) = (session, from, true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId} was taken over, which cannot be put in the audit trail: {Text}")]
    private partial void LogUntold(Exception fault, string roomId, string text);
}
