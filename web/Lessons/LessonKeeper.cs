using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Web.Clock;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>Puts lessons on record: what is seen every two minutes, what is heard at the end; and deletes them at their time.</summary>
internal sealed partial class LessonKeeper(
    LessonRecords kept,
    LessonSpools spools,
    LessonRecovery recovery,
    SchoolBook book,
    MonitoringHost monitoring,
    IOptions<LessonSettings> settings,
    ClockWatch clock,
    WorkGuard guard,
    TimeProvider time,
    ILoggerFactory loggers) : PeriodicWork("lessons", TimeSpan.FromSeconds(2), guard, time), ISampleSink
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan SweepRetry = TimeSpan.FromMinutes(1);

    /// <summary>All rooms end at the same bell, and each waits for the last of its sound.</summary>
    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount / 2);

    private readonly UnsavedLessons _unsaved = new(time);
    private readonly ILogger _log = loggers.CreateLogger<LessonKeeper>();
    private FrozenDictionary<string, RoomLessons> _rooms = FrozenDictionary<string, RoomLessons>.Empty;
    private DateTimeOffset _sweepAt;
    private PeriodTable? _periods;
    private bool _recovered;

    /// <summary>All rooms.</summary>
    public IReadOnlyList<RoomLessons> Rooms => _rooms.Values;

    /// <inheritdoc />
    public void OnSample(string roomId, BehaviourSample sample)
    {
        if (_rooms.TryGetValue(roomId, out RoomLessons? room))
        {
            room.Take(sample);
        }
    }

    /// <summary>How much is spoken in a room now, since its lesson began; none where nobody listens.</summary>
    public ImmutableArray<HeardWindow> HeardIn(string roomId) => _rooms.GetValueOrDefault(roomId)?.Current?.Ears?.SoFar ?? [];

    /// <inheritdoc />
    protected override void Configure()
    {
        _periods = new PeriodTable(settings.Value.Periods, Time.LocalTimeZone);
        _rooms = book.Schools.SelectMany(school => school.Rooms).ToFrozenDictionary(room => room.RoomId, Make, StringComparer.Ordinal);
    }

    /// <inheritdoc />
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!_recovered)
        {
            // Once: after the first attempt the rooms have lessons of their own. What could not be taken up waits for the next start.
            _recovered = true;
            await Guard.TryAsync("lessons.recovery", RecoverAsync, cancellationToken);
            monitoring.Running.Observe(this);
        }

        await kept.EndAllButAsync([.. _rooms.Values.Select(room => room.Current?.Id).OfType<Guid>()], cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Each.DoAsync(_rooms.Values, AtOnce, room => TendAsync(room, cancellationToken), cancellationToken);
        }
        finally
        {
            await Guard.TryAsync("lessons.unsaved", SaveUnsavedAsync, cancellationToken);
            // Asked here: a sweep that is not due is no success, and must not hide that the last one failed.
            if (IsSweepDue(Time.GetUtcNow()))
            {
                await Guard.TryAsync("lessons.retention", SweepAsync, cancellationToken);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Each.DoAsync(_rooms.Values, AtOnce, room => EndAsync(room, all: true, cancellationToken), cancellationToken);
        }
        finally
        {
            await _unsaved.TryAsync(lesson => SaveEndedAsync(lesson, keepSpool: true, cancellationToken));
        }
    }

    // A setting that is wrong has refused the start before a room is made.
    private RoomLessons Make(RoomEntry room) => new(room, settings.Value, _periods!);

    private async Task RecoverAsync(CancellationToken cancellationToken) => await Each.DoAsync(
        await recovery.RunAsync(_rooms, Make, cancellationToken), gone => EndAsync(gone, all: true, cancellationToken), cancellationToken);

    private async Task SaveUnsavedAsync(CancellationToken cancellationToken)
    {
        if (_unsaved.IsDue)
        {
            await _unsaved.TryAsync(lesson => SaveEndedAsync(lesson, keepSpool: false, cancellationToken));
        }
    }

    private async Task TendAsync(RoomLessons room, CancellationToken cancellationToken)
    {
        await EndAsync(room, all: false, cancellationToken);
        if (room.Current is not { } lesson)
        {
            return;
        }

        if (settings.Value.Listen && lesson.Ears is not { IsOpen: true })
        {
            lesson.Ears ??= new LessonEars();
            lesson.Ears.Open(monitoring.Running, lesson.Room.RoomId, lesson.From, Time, loggers.CreateLogger<RoomSound>());
        }

        if (lesson.To - (lesson.SavedTo ?? lesson.From) >= SaveInterval && IsLongEnough(lesson))
        {
            await kept.TrySaveAsync(room, lesson, heard: null, ended: false, freeze: false, cancellationToken);
        }
    }

    private async Task EndAsync(RoomLessons room, bool all, CancellationToken cancellationToken)
    {
        foreach (LessonInHand lesson in room.TakeEnded(Time.GetUtcNow(), all))
        {
            HeardLesson? heard = await FinishHearingAsync(room, lesson);
            if (!IsLongEnough(lesson))
            {
                // After a stop, the next start may go on with it.
                spools.Close(lesson, delete: !all);
                continue;
            }

            var ended = new UnsavedLesson(room, lesson, heard);
            if (!await SaveEndedAsync(ended, keepSpool: all, cancellationToken) && _unsaved.Add(ended) is { } givenUp)
            {
                spools.Close(givenUp.Lesson, delete: false);
                LogGivenUp(givenUp.Lesson.Room.RoomId);
            }
        }
    }

    private async Task<HeardLesson?> FinishHearingAsync(RoomLessons room, LessonInHand lesson)
    {
        try
        {
            await (lesson.Ears?.CloseAsync() ?? Task.CompletedTask);
            spools.Keep(room, lesson);
            return lesson.Ears?.Finish();
        }
        catch (Exception fault)
        {
            // What was seen is worth keeping without what was heard.
            LogUnheard(fault, lesson.Room.RoomId);
            return null;
        }
    }

    private async Task<bool> SaveEndedAsync(UnsavedLesson ended, bool keepSpool, CancellationToken cancellationToken)
    {
        bool saved = await kept.TrySaveAsync(ended.Room, ended.Lesson, ended.Heard, ended: true, freeze: !keepSpool, cancellationToken);
        if (saved)
        {
            spools.Close(ended.Lesson, delete: !keepSpool);
        }

        return saved;
    }

    private bool IsLongEnough(LessonInHand lesson) => lesson.To - lesson.From >= TimeSpan.FromMinutes(settings.Value.ShortestMinutes);

    /// <summary>A clock that was set back does not put it off for as long.</summary>
    private bool IsSweepDue(DateTimeOffset now) =>
        settings.Value.RetentionDays != 0 && (now >= _sweepAt || _sweepAt - now > SweepInterval) && clock.MayDelete;

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        _sweepAt = now + SweepRetry;
        DateTimeOffset limit = now.AddDays(-settings.Value.RetentionDays);
        await kept.DeleteBeforeAsync(limit, cancellationToken);
        spools.DeleteOlderThan(limit);
        _sweepAt = now + SweepInterval;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was heard in room {RoomId} is lost; the lesson is kept without it")]
    private partial void LogUnheard(Exception fault, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many lessons wait for the database; the one in room {RoomId} is put on record at the next start, if it could be written down")]
    private partial void LogGivenUp(string roomId);
}
