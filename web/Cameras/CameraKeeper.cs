using Xunke.Actors.Live;
using Xunke.Actors.Publishers;
using Xunke.Streaming.Rtsp;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Live;

namespace Xunke.Web.Cameras;

/// <summary>Keeps the running cameras as the book has them. A room shows its RTSP camera or takes WHIP, never both.</summary>
internal sealed class CameraKeeper(
    CameraBook book, AuditTrail audit, MonitoringHost monitoring, LiveBoard board, WorkGuard guard, TimeProvider time)
    : PeriodicWork("cameras", Timeout.InfiniteTimeSpan, guard, time)
{
    // One change at a time, so that what runs is what was written last.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How the camera of a room on the books is; null where cameras publish by WHIP.</summary>
    public RoomCamera? Describe(string roomId) => book.Find(roomId) is { } source ? Describe(roomId, source) : null;

    /// <summary>Gives a room a camera; the room's WHIP publishers are ended.</summary>
    public async Task<RoomCamera> SetAsync(string roomId, CameraSource camera, string by, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await audit.CommitAsync(async deed =>
            {
                await book.SetAsync(deed, roomId, camera);
                deed.Tell(by, "camera.set", $"{roomId} {camera}");
            });
            monitoring.Running.TellPublishers(roomId, new CameraChosen(true));
            await monitoring.Running.Cameras.SetAsync(roomId, camera);
            return Describe(roomId, camera);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes a room's camera away.</summary>
    public async Task RemoveAsync(string roomId, string by, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await audit.CommitAsync(async deed =>
            {
                await book.SetAsync(deed, roomId, null);
                deed.Tell(by, "camera.removed", roomId);
            });
            monitoring.Running.TellPublishers(roomId, new CameraChosen(false));
            await monitoring.Running.Cameras.SetAsync(roomId, null);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
    }

    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await book.LoadAsync(cancellationToken);
            await Each.DoAsync(
                book.All.Where(one => monitoring.Running.HasRoom(one.Key)).ToList(),
                one => monitoring.Running.Cameras.SetAsync(one.Key, one.Value),
                cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private RoomCamera Describe(string roomId, CameraSource source)
    {
        CameraStatus? status = monitoring.Running.Cameras.Status(roomId);
        return new RoomCamera(
            roomId,
            board.FindRoom(roomId)?.Newest?.View.State ?? ClassroomState.Offline,
            source.Address.Text,
            source.UserName is not null,
            status?.State,
            status?.Since,
            status?.Fault,
            status?.Detail,
            status?.NextAttempt);
    }
}
