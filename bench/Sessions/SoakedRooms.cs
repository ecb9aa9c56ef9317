using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Streaming;
using Xunke.Streaming.Rtcp;
using Xunke.Tests.Streaming.Client;
using Xunke.Tests.Streaming.Edge;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Bench.Sessions;

/// <summary>Some rooms on one media plane, whose publishers send what cameras send and whose viewers come, report and go.</summary>
internal sealed class SoakedRooms : IDisposable
{
    private const int SlotMilliseconds = 20;
    private const int SlotsPerSecond = 1000 / SlotMilliseconds;
    private const int ConsentSeconds = 5;
    private const int StaySeconds = 300;
    private const int RestartSeconds = 1200;

    private readonly TestPlane _server = new(NullLogger.Instance);
    private readonly List<SoakedPublisher> _publishers = [];
    private readonly List<DirectPeer> _viewers = [];
    private readonly int _viewersPerRoom;
    private readonly byte[] _report = new byte[256];
    private long _slot;
    private long _gonePublished;
    private Dictionary<string, long> _counted = [];

    public SoakedRooms(int rooms, int viewersPerRoom)
    {
        _viewersPerRoom = viewersPerRoom;
        for (var room = 0; room < rooms; room++)
        {
            _publishers.Add(Publish(room));
        }

        for (var i = 0; i < rooms * viewersPerRoom; i++)
        {
            _viewers.Add(View(i));
        }
    }

    /// <summary>Publishers and viewers that came so far.</summary>
    public int Sessions { get; private set; }

    /// <summary>Packets that publishers sent.</summary>
    public long Published => _gonePublished + _publishers.Sum(publisher => publisher.Sent);

    /// <summary>Packets that went to viewers.</summary>
    public long Forwarded { get; private set; }

    /// <summary>Lets time pass, slot by slot.</summary>
    public void Pass(TimeSpan time, CancellationToken cancellationToken)
    {
        for (var end = _slot + (long)(time.TotalMilliseconds / SlotMilliseconds); _slot < end
            && !cancellationToken.IsCancellationRequested; _slot++)
        {
            foreach (var publisher in _publishers)
            {
                publisher.Send(_slot);
            }

            _server.Pass(TimeSpan.FromMilliseconds(SlotMilliseconds));
            var second = _slot / SlotsPerSecond;
            if (_slot % SlotsPerSecond == 0)
            {
                Second(second);
            }
        }
    }

    public void Dispose()
    {
        _publishers.ForEach(publisher => publisher.Peer.Dispose());
        _viewers.ForEach(viewer => viewer.Dispose());
        _server.Dispose();
    }

    private void Second(long second)
    {
        for (var i = 0; i < _viewers.Count; i++)
        {
            Report(_viewers[i], asksForKeyFrame: (second + i) % 60 == 0);
            if ((second + i) % ConsentSeconds == 0)
            {
                _viewers[i].Check();
            }
        }

        foreach (var publisher in _publishers)
        {
            publisher.Report(_server.Time.GetUtcNow());
            if (second % ConsentSeconds == 0)
            {
                publisher.Peer.Check();
            }
        }

        Count();

        // One viewer goes every few seconds, so that each stays its time; every second one without a word.
        var leaving = StaySeconds / _viewers.Count;
        if (second % leaving == leaving - 1)
        {
            Replace((int)(second / leaving % _viewers.Count), inOrder: second / leaving % 2 == 0);
        }

        var restarting = RestartSeconds / _publishers.Count;
        if (second % restarting == restarting - 1)
        {
            Restart((int)(second / restarting % _publishers.Count));
        }
    }

    private void Replace(int viewer, bool inOrder)
    {
        if (inOrder)
        {
            _viewers[viewer].Close();
        }

        _viewers[viewer].Dispose();
        _viewers[viewer] = View(viewer);
    }

    private void Restart(int room)
    {
        var older = _publishers[room];
        _gonePublished += older.Sent;
        _publishers[room] = Publish(room);
        older.Peer.Dispose();
    }

    // A viewer's counter goes with its session.
    private void Count()
    {
        var present = new Dictionary<string, long>(_counted.Count);
        foreach (var viewer in _server.Plane.Statistics().SelectMany(room => room.Viewers))
        {
            present[viewer.SessionId] = viewer.Packets;
            Forwarded += viewer.Packets - _counted.GetValueOrDefault(viewer.SessionId);
        }

        _counted = present;
    }

    private void Report(DirectPeer viewer, bool asksForKeyFrame)
    {
        var writer = new RtcpWriter(_report);
        var source = viewer.Source(MediaKind.Video);
        writer.ReceiverReport(1, [new ReportBlock(source, 0, 0, (uint)_slot, 30, 0, 0)]);
        writer.Nack(1, source, [(ushort)_slot, (ushort)(_slot + 3)]);
        if (asksForKeyFrame)
        {
            writer.PictureLoss(1, source);
        }

        viewer.SendProtected(_report.AsSpan(0, writer.Length), isRtcp: true);
    }

    private SoakedPublisher Publish(int room)
    {
        Sessions++;
        return new SoakedPublisher(new DirectPeer(_server, Offers.ChromiumPublisher, offer => _server.Publish(offer, Name(room))));
    }

    private DirectPeer View(int viewer)
    {
        Sessions++;
        return new DirectPeer(_server, Offers.FirefoxViewer, offer => _server.View(offer, Name(viewer / _viewersPerRoom)));
    }

    private static string Name(int room) => $"room-{room}";
}
