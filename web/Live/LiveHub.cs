using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Xunke.Actors.Live;
using Xunke.Actors.Visits;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Live;

/// <summary>
/// <c>/hubs/live</c>: a browser says what it watches, gets a full snapshot, and from then on what changes. Refusals
/// are <see cref="HubException"/>s whose message is a code: <c>forbidden</c>, <c>unknown-school</c>,
/// <c>unknown-room</c>, <c>unknown-visit</c>, <c>no-view</c>, <c>not-recorded</c> (the look cannot be put in the audit trail).
/// </summary>
[Authorize]
internal sealed class LiveHub(
    LiveBoard board,
    LivePumps pumps,
    SchoolBook book,
    OpenVisits visits,
    Looks looks,
    IHubContext<LiveHub, ILiveClient> everyone,
    IOptions<LiveSettings> settings,
    TimeProvider time,
    ILogger<LivePump> log) : Hub<ILiveClient>
{
    internal const string District = "district";

    private static readonly object PumpKey = new();
    private static readonly object LooksKey = new();
    private static readonly object BoundKey = new();

    private LivePump Pump => (LivePump)Context.Items[PumpKey]!;

    // The looks of this connection that are on record.
    private ConcurrentDictionary<(string Kind, string Target), bool> Recorded =>
        (ConcurrentDictionary<(string Kind, string Target), bool>)Context.Items[LooksKey]!;

    // The visits that this connection's page shows or has shown.
    private ConcurrentDictionary<Guid, bool> Bound => (ConcurrentDictionary<Guid, bool>)Context.Items[BoundKey]!;

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        // The hub's own Clients belong to one call; the pump outlives it.
        var pump = new LivePump(
            everyone.Clients.Client(Context.ConnectionId), board, settings.Value, time, Context.Abort, log);
        Context.Items[PumpKey] = pump;
        Context.Items[LooksKey] = new ConcurrentDictionary<(string Kind, string Target), bool>();
        Context.Items[BoundKey] = new ConcurrentDictionary<Guid, bool>();
        pumps.Add(pump);
        _ = pump.RunAsync(Context.ConnectionAborted);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        foreach (Guid visitId in Bound.Keys)
        {
            visits.Find(visitId)?.Owner.Tell(new PageSeen(Context.ConnectionId, IsThere: false));
        }

        foreach ((string kind, string target) in Recorded.Keys)
        {
            EndLook(kind, target);
        }

        pumps.Remove(Pump);
        return Task.CompletedTask;
    }

    /// <summary>Watches the district's wall: inspectors and administrators only.</summary>
    public async Task<SharedView<DistrictView>> WatchDistrict()
    {
        var caller = Caller.From(Context.User!);
        if (!caller.May(Permission.WatchDistrict))
        {
            throw new HubException("forbidden");
        }

        if (Recorded.TryAdd((LookKinds.District, District), true))
        {
            // Sums only: a school is one line in them.
            await looks.TryRecordAsync(caller, LookKinds.District, District, LookKinds.Wall);
        }

        return Pump.WatchDistrict() ?? throw new HubException("no-view");
    }

    /// <summary>Stops that.</summary>
    public void UnwatchDistrict()
    {
        Pump.UnwatchDistrict();
        EndLook(LookKinds.District, District);
    }

    /// <summary>Watches all rooms of a school.</summary>
    public async Task<IReadOnlyList<SharedView<RoomView>>> WatchSchool(string? schoolId)
    {
        Demand(schoolId);
        SchoolEntry school = book.FindSchool(schoolId) ?? throw new HubException("unknown-school");
        await RecordAsync(LookKinds.School, school.SchoolId, LookKinds.Wall);
        return Pump.WatchSchool(school.SchoolId);
    }

    /// <summary>Stops that.</summary>
    public void UnwatchSchool(string? schoolId)
    {
        Pump.UnwatchSchool(schoolId ?? string.Empty);
        EndLook(LookKinds.School, schoolId ?? string.Empty);
    }

    /// <summary>Watches one room.</summary>
    public async Task<SharedView<RoomView>> WatchRoom(string? roomId)
    {
        RoomEntry? room = roomId is null ? null : book.FindRoom(roomId);
        Demand(room?.SchoolId);
        if (room is null)
        {
            throw new HubException("unknown-room");
        }

        await RecordAsync(LookKinds.Room, room.RoomId);
        return Pump.WatchRoom(room.RoomId) ?? throw new HubException("no-view");
    }

    /// <summary>Stops that.</summary>
    public void UnwatchRoom(string? roomId)
    {
        Pump.UnwatchRoom(roomId ?? string.Empty);
        EndLook(LookKinds.Room, roomId ?? string.Empty);
    }

    /// <summary>Keeps the caller's visit open for as long as this connection lasts.</summary>
    public void BindVisit(Guid visitId)
    {
        OpenVisit visit = visits.Find(visitId, Caller.From(Context.User!).UserName) ?? throw new HubException("unknown-visit");
        Bound[visitId] = true;
        visit.Owner.Tell(new PageSeen(Context.ConnectionId, IsThere: true));
    }

    /// <summary>Follows a topic: the browser is told that it has changed, and asks for it over HTTP.</summary>
    public void Follow(Topic topic, string? scope)
    {
        scope ??= string.Empty;
        if (!Caller.From(Context.User!).MayFollow(topic, scope, book))
        {
            throw new HubException("forbidden");
        }

        Pump.Follow(topic, scope);
    }

    /// <summary>Stops that.</summary>
    public void Unfollow(Topic topic, string? scope) => Pump.Unfollow(topic, scope ?? string.Empty);

    private async Task RecordAsync(string kind, string target, string? purpose = null)
    {
        if (!Recorded.TryAdd((kind, target), true))
        {
            return;
        }

        try
        {
            await looks.WatchAsync(Caller.From(Context.User!), kind, target, purpose);
        }
        catch (RecordsUnavailableException)
        {
            Recorded.TryRemove((kind, target), out _);
            throw new HubException("not-recorded");
        }
    }

    private void EndLook(string kind, string target)
    {
        if (Recorded.TryRemove((kind, target), out _))
        {
            looks.End(Caller.From(Context.User!).UserName, kind, target);
        }
    }

    private void Demand(string? schoolId)
    {
        if (!Caller.From(Context.User!).MaySee(schoolId))
        {
            throw new HubException("forbidden");
        }
    }
}
