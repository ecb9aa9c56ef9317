using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Xunke.Actors.Live;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Web.Live;

/// <summary>
/// <c>/hubs/live</c>: a browser says what it watches, gets a full snapshot, and from then on what changes. Refusals
/// are <see cref="HubException"/>s whose message is a code: <c>forbidden</c>, <c>unknown-school</c>,
/// <c>unknown-room</c>, <c>unknown-visit</c>, <c>no-view</c>.
/// </summary>
[Authorize]
internal sealed class LiveHub(
    LiveBoard board,
    LivePumps pumps,
    SchoolBook book,
    OpenVisits visits,
    IHubContext<LiveHub, ILiveClient> everyone,
    IOptions<LiveSettings> settings,
    TimeProvider time,
    ILogger<LivePump> log) : Hub<ILiveClient>
{
    private static readonly object PumpKey = new();

    private LivePump Pump => (LivePump)Context.Items[PumpKey]!;

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        // The hub's own Clients belong to one call; the pump outlives it.
        var pump = new LivePump(
            everyone.Clients.Client(Context.ConnectionId), board, settings.Value, time, Context.Abort, log);
        Context.Items[PumpKey] = pump;
        pumps.Add(pump);
        _ = pump.RunAsync(Context.ConnectionAborted);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        visits.Unbind(Context.ConnectionId);
        pumps.Remove(Pump);
        return Task.CompletedTask;
    }

    /// <summary>Watches the district's wall: inspectors and administrators only.</summary>
    public SharedView<DistrictView> WatchDistrict()
    {
        if (Caller.From(Context.User!).Role is Role.Principal)
        {
            throw new HubException("forbidden");
        }

        return Pump.WatchDistrict() ?? throw new HubException("no-view");
    }

    /// <summary>Stops that.</summary>
    public void UnwatchDistrict() => Pump.UnwatchDistrict();

    /// <summary>Watches all rooms of a school.</summary>
    public IReadOnlyList<SharedView<RoomView>> WatchSchool(string schoolId)
    {
        Demand(schoolId);
        return book.FindSchool(schoolId) is null ? throw new HubException("unknown-school") : Pump.WatchSchool(schoolId);
    }

    /// <summary>Stops that.</summary>
    public void UnwatchSchool(string schoolId) => Pump.UnwatchSchool(schoolId);

    /// <summary>Watches one room.</summary>
    public SharedView<RoomView> WatchRoom(string roomId)
    {
        if (book.FindRoom(roomId) is not { } room)
        {
            throw new HubException(Caller.From(Context.User!).MaySeeAll ? "unknown-room" : "forbidden");
        }

        Demand(room.SchoolId);
        return Pump.WatchRoom(roomId) ?? throw new HubException("no-view");
    }

    /// <summary>Stops that.</summary>
    public void UnwatchRoom(string roomId) => Pump.UnwatchRoom(roomId);

    /// <summary>Keeps the caller's visit open for as long as this connection lasts.</summary>
    public void BindVisit(Guid visitId)
    {
        if (!visits.Bind(visitId, Caller.From(Context.User!).UserName, Context.ConnectionId))
        {
            throw new HubException("unknown-visit");
        }
    }

    private void Demand(string schoolId)
    {
        if (!Caller.From(Context.User!).MaySee(schoolId))
        {
            throw new HubException("forbidden");
        }
    }
}
