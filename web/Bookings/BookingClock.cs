using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Bookings;
using Xunke.Actors.Live;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Live;
using Xunke.Web.Recordings;
using Xunke.Web.Visits;

namespace Xunke.Web.Bookings;

/// <summary>
/// Begins recordings that are approved at their time, notes whether anybody came, and closes what is over. Each pass starts from
/// what is on record, so that a server that was off goes on where it finds things; recordings themselves end at their own time.
/// </summary>
internal sealed class BookingClock(
    IDbContextFactory<RecordsContext> records,
    LiveBoard board,
    MonitoringHost monitoring,
    RecordingStorage storage,
    ListeningPolicy policy,
    BookingDeeds deeds,
    AuditTrail audit,
    IOptions<RecordingSettings> recording,
    WorkGuard guard,
    TimeProvider time) : PeriodicWork("bookings", TimeSpan.FromSeconds(2), guard, time)
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _watchedSince = new();

    /// <summary>Does what is due, each booking by itself.</summary>
    internal async Task WorkAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<Booking> due = await context.Bookings.AsNoTracking()
            .Where(one => (one.State == BookingState.Asked || one.State == BookingState.Approved || one.State == BookingState.Recording)
                && one.From <= now)
            .OrderBy(one => one.From).ToListAsync(cancellationToken);
        foreach (Guid gone in _watchedSince.Keys.Except(due.Select(one => one.Id)))
        {
            _watchedSince.TryRemove(gone, out _);
        }

        await Each.DoAsync(due, booking => StepAsync(booking, now, cancellationToken), cancellationToken);
    }

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) => WorkAsync(cancellationToken);

    private async Task StepAsync(Booking booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        switch (booking.State)
        {
            case BookingState.Asked when booking.To <= now:
                await CloseAsync(booking, BookingState.Expired, "booking.expired", BookingFaults.Undecided);
                break;
            case BookingState.Approved:
                await WatchAsync(booking, now);
                await BeginAsync(booking, now, cancellationToken);
                break;
            case BookingState.Recording:
                await WatchAsync(booking, now);
                await EndAsync(booking, now, cancellationToken);
                break;
        }
    }

    /// <summary>Whoever is in the room now has come.</summary>
    private async Task WatchAsync(Booking booking, DateTimeOffset now)
    {
        RoomView? view = board.FindRoom(booking.RoomId)?.Newest?.View;
        if (view is { State: ClassroomState.Resting })
        {
            // Outside the timetable nobody looks, so nobody can say that nobody came.
            _watchedSince.TryRemove(booking.Id, out _);
            return;
        }

        _watchedSince.TryAdd(booking.Id, now);
        bool sends = view is { State: ClassroomState.Live };
        bool isSomebodyThere = sends && view is { People: > 0 };
        if (booking.To <= now || ((booking.PictureAt is not null || !sends) && (booking.SeenAt is not null || !isSomebodyThere)))
        {
            return;
        }

        (booking.PictureAt, booking.SeenAt) = (booking.PictureAt ?? now, booking.SeenAt ?? (isSomebodyThere ? now : null));
        await ChangeAsync(booking, (deed, one) => (one.PictureAt, one.SeenAt) = (booking.PictureAt, booking.SeenAt));
    }

    private async Task BeginAsync(Booking booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Recording? begun = await FindAsync(booking, cancellationToken);
        if (begun is null && booking.To <= now)
        {
            await CloseAsync(booking, BookingState.Expired, "booking.expired", booking.Fault ?? BookingFaults.ServerOff);
            return;
        }

        string? fault = begun is not null ? null : await TryBeginAsync(booking, now, cancellationToken);
        if (fault is not null)
        {
            if (fault != booking.Fault)
            {
                await ChangeAsync(booking, (deed, one) =>
                {
                    one.Fault = fault;
                    deeds.Show(deed, one);
                });
            }

            return;
        }

        bool isWanted = await ChangeAsync(booking, (deed, one) =>
        {
            (one.State, one.Fault) = (BookingState.Recording, null);
            deeds.Show(deed, one);
        });
        if (!isWanted)
        {
            // It was refused or withdrawn while it began.
            await monitoring.Running.AskRecordingAsync(
                booking.RoomId, new EndRecording(AuditTrail.System, RecordingId: booking.RecordingId));
        }
    }

    /// <returns>Why it has not begun; null where it has.</returns>
    private async Task<string?> TryBeginAsync(Booking booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!recording.Value.Lessons)
        {
            return BookingFaults.NotAllowed;
        }

        if ((await storage.MeasureAsync(cancellationToken)).Level == StorageLevel.Full)
        {
            return BookingFaults.DiskFull;
        }

        var record = new Recording
        {
            Id = booking.RecordingId,
            RoomId = booking.RoomId,
            SchoolId = booking.SchoolId,
            UserName = booking.UserName,
            DisplayName = booking.DisplayName,
            Reason = booking.Purpose,
            Media = policy.Allowed[0],
            From = now,
            Until = booking.To,
            KeepUntil = booking.KeepDays is { } days ? booking.To.AddDays(days) : null,
        };
        return (await monitoring.Running.AskRecordingAsync(booking.RoomId, new BeginRecording(record))).HasBegun
            ? null
            : BookingFaults.RoomIsRecorded;
    }

    private async Task EndAsync(Booking booking, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await FindAsync(booking, cancellationToken) is { To: null })
        {
            return;
        }

        // A server that began to look late cannot say that nobody came; nor can a recording that was ended early.
        bool isKnown = booking.To <= now && _watchedSince.TryGetValue(booking.Id, out DateTimeOffset since)
            && since <= booking.From + ((booking.To - booking.From) / 2);
        bool isNoShow = booking.Period is not null && booking.SeenAt is null && isKnown;
        await CloseAsync(
            booking, isNoShow ? BookingState.NoShow : BookingState.Recorded, isNoShow ? "booking.no-show" : "booking.recorded",
            !isNoShow ? null : booking.PictureAt is null ? BookingFaults.CameraOff : BookingFaults.RoomEmpty);
    }

    private async Task<Recording?> FindAsync(Booking booking, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await context.Recordings.AsNoTracking().SingleOrDefaultAsync(one => one.Id == booking.RecordingId, cancellationToken);
    }

    private Task CloseAsync(Booking booking, BookingState state, string action, string? fault) => ChangeAsync(booking, (deed, one) =>
    {
        (one.State, one.Fault) = (state, fault);
        deeds.Tell(deed, one, AuditTrail.System, action, fault);
    });

    /// <returns>Whether it was as it was found; otherwise somebody was faster, and nothing is changed.</returns>
    private async Task<bool> ChangeAsync(Booking booking, Action<Deed, Booking> change)
    {
        bool isSame = false;
        await audit.CommitAsync(async deed =>
        {
            Booking one = await deed.Records.Bookings.SingleAsync(one => one.Id == booking.Id);
            isSame = one.State == booking.State;
            if (isSame)
            {
                change(deed, one);
            }
            else
            {
                deed.GiveUp();
            }
        });
        return isSame;
    }
}
