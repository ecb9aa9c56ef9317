using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Persistence;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Speech;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Schools;

namespace Xunke.Web.Lessons;

/// <summary>Puts lessons on record: what is seen every two minutes, what is heard at the end; and deletes them at their time.</summary>
internal sealed partial class LessonKeeper(
    IDbContextFactory<RecordsContext> records,
    SchoolBook book,
    MonitoringHost monitoring,
    AuditTrail audit,
    IOptions<LessonSettings> settings,
    TimeProvider time,
    ILoggerFactory loggers) : BackgroundService, ISampleSink
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromHours(1);

    /// <summary>Rows of a statement that deletes: nobody else can write meanwhile.</summary>
    private const int MostDeleted = 100;

    private readonly ILogger _log = loggers.CreateLogger<LessonKeeper>();
    private FrozenDictionary<string, RoomLessons> _rooms = FrozenDictionary<string, RoomLessons>.Empty;
    private DateTimeOffset _swept;

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var periods = new PeriodTable(settings.Value.Periods, time.LocalTimeZone);
        _rooms = book.Schools.SelectMany(school => school.Rooms).ToFrozenDictionary(
            room => room.RoomId, room => new RoomLessons(room, settings.Value, periods), StringComparer.Ordinal);
        await using (RecordsContext context = await records.CreateDbContextAsync(cancellationToken))
        {
            // The server was ended while they went on; what was seen up to the last save is there.
            await context.LessonsNotEnded.ExecuteUpdateAsync(
                lesson => lesson.SetProperty(one => one.Ended, true), cancellationToken);
        }

        monitoring.Running.Observe(this);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (RoomLessons room in _rooms.Values)
        {
            await EndAsync(room, all: true, cancellationToken);
        }
    }

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
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (RoomLessons room in _rooms.Values)
                {
                    await TendAsync(room, stoppingToken);
                }

                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TendAsync(RoomLessons room, CancellationToken cancellationToken)
    {
        await EndAsync(room, all: false, cancellationToken);
        if (room.Current is not { } lesson)
        {
            return;
        }

        if (settings.Value.Listen && lesson.Ears is null)
        {
            lesson.Ears = new LessonEars(monitoring.Running, lesson.Room.RoomId, lesson.From, time, loggers.CreateLogger<RoomSound>());
        }

        if (lesson.To - (lesson.SavedTo ?? lesson.From) >= SaveInterval && IsLongEnough(lesson))
        {
            await TrySaveAsync(room, lesson, heard: null, ended: false, cancellationToken);
        }
    }

    private async Task EndAsync(RoomLessons room, bool all, CancellationToken cancellationToken)
    {
        foreach (LessonInHand lesson in room.TakeEnded(time.GetUtcNow(), all))
        {
            HeardLesson? heard = null;
            try
            {
                heard = lesson.Ears is { } ears ? await ears.FinishAsync() : null;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // What was seen is worth keeping without what was heard.
                LogUnheard(fault, lesson.Room.RoomId);
            }

            if (IsLongEnough(lesson))
            {
                await TrySaveAsync(room, lesson, heard, ended: true, cancellationToken);
            }
        }
    }

    private bool IsLongEnough(LessonInHand lesson) => lesson.To - lesson.From >= TimeSpan.FromMinutes(settings.Value.ShortestMinutes);

    /// <summary>A database that fails costs this save; the next one holds everything again.</summary>
    private async Task TrySaveAsync(RoomLessons room, LessonInHand lesson, HeardLesson? heard, bool ended, CancellationToken cancellationToken)
    {
        try
        {
            await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
            var record = new Lesson
            {
                Id = lesson.Id,
                RoomId = lesson.Room.RoomId,
                SchoolId = lesson.Room.SchoolId,
                From = lesson.From,
                To = lesson.To,
                Ended = ended,
                Enrolled = lesson.Room.Enrolled,
                Samples = room.SamplesOf(lesson),
                Sound = heard is null ? null : HeardTape.Write(heard),
            };
            _ = lesson.SavedTo is null ? context.Lessons.Add(record) : context.Lessons.Update(record);
            await context.SaveChangesAsync(cancellationToken);
            lesson.SavedTo = record.To;
        }
        catch (DbUpdateException fault)
        {
            LogUnsaved(fault, lesson.Room.RoomId);
        }
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (settings.Value.RetentionDays == 0 || now - _swept < SweepInterval)
        {
            return;
        }

        _swept = now;
        DateTimeOffset limit = now.AddDays(-settings.Value.RetentionDays);
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        int deleted = 0;
        int last;
        do
        {
            last = await context.Lessons.Where(lesson => lesson.To < limit).OrderBy(lesson => lesson.To).Take(MostDeleted)
                .ExecuteDeleteAsync(cancellationToken);
            deleted += last;
        }
        while (last == MostDeleted);

        if (deleted > 0)
        {
            await audit.AppendAsync(AuditTrail.System, "lessons.expired", $"{deleted} before {limit:O}", cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was heard in room {RoomId} is lost; the lesson is kept without it")]
    private partial void LogUnheard(Exception fault, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The lesson in room {RoomId} cannot be put on record for now")]
    private partial void LogUnsaved(Exception fault, string roomId);
}
