using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;
using Xunke.Analytics.Scheduling;
using Xunke.Analytics.Stills;
using Xunke.Streaming.Decoding.Sound;
using Xunke.Streaming.Edge;

namespace Xunke.Actors.Lessons;

/// <summary>What the lessons of all rooms of a node share.</summary>
/// <param name="Options">Rules, spools and records.</param>
/// <param name="Media">Where their sound comes from.</param>
/// <param name="Orders">Who makes stills of them.</param>
/// <param name="Turns">All rooms may end at the same bell: so many are measured and put on record at a time.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Get what is lost.</param>
internal sealed record LessonServices(
    LessonSetup Options, MediaServer Media, RoomOrders Orders, SemaphoreSlim Turns, TimeProvider Time, ILoggerFactory Loggers)
{
    /// <summary>Half of the cores, and two at least.</summary>
    public static SemaphoreSlim SomeTurns() => new(Math.Max(2, Environment.ProcessorCount / 2));
}

/// <summary>
/// The lessons of a room: what is seen and heard of the one that goes on, written down every two seconds, put on record every two
/// minutes, and at its end with its snapshot. Stills are asked for while a lesson goes on and never else. One that cannot be put on
/// record is tried again. It has timers only while there is a lesson, and where only planned lessons count: then it says when the room
/// is to be watched.
/// </summary>
internal sealed partial class LessonActor : TypedActor<LessonMessage>
{
    /// <summary>A lesson takes up to half a megabyte; beyond, the oldest is left to its spool, and so to the next start.</summary>
    private const int MostUnsaved = 8;

    /// <summary>What a crash costs.</summary>
    private static readonly TimeSpan KeepInterval = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HoursInterval = TimeSpan.FromSeconds(5);

    private readonly string _roomId;
    private readonly ActorRef<ClassroomMessage> _classroom;
    private readonly LessonServices _services;
    private readonly LessonSetup _options;
    private readonly ILogger _log;
    private readonly bool _isResumed;
    private readonly RoomLessons _lessons;
    private readonly StillOrders _stills;
    private readonly LessonSaver _saver;
    private readonly Queue<EndedLesson> _unsaved = new();
    private Task _saving = Task.CompletedTask;
    private Task _keeping = Task.CompletedTask;
    private Reply<LessonsSuspended>? _suspended;
    private Guid? _told;
    private bool? _isWatched;
    private long _triedAt;
    private int _ending;

    private LessonActor(
        string roomId, Func<RoomRegistration> room, ActorRef<ClassroomMessage> classroom, LessonServices services, bool isResumed)
        : base(Mailbox.Capacity)
    {
        _roomId = roomId;
        _classroom = classroom;
        _services = services;
        _options = services.Options;
        _log = services.Loggers.CreateLogger<LessonActor>();
        _isResumed = isResumed;
        _stills = new StillOrders(roomId, services.Options.Rules.StillEvery, services.Orders, services.Time);
        _saver = new LessonSaver(roomId, services, _log);
        _lessons = new RoomLessons(room, services.Options.Rules, services.Options.Timetable);
    }

    /// <summary>Two minutes of looks.</summary>
    public static MailboxBound Mailbox { get; } = new("lesson", 128);

    /// <summary>How a room keeps its lessons.</summary>
    /// <param name="roomId">The room.</param>
    /// <param name="room">What the books say of it now.</param>
    /// <param name="classroom">Its figures.</param>
    /// <param name="services">What all rooms share.</param>
    public static Props<LessonMessage> Props(
        string roomId, Func<RoomRegistration> room, ActorRef<ClassroomMessage> classroom, LessonServices services)
    {
        var instances = 0;
        return Props<LessonMessage>.Of(
            () => new LessonActor(roomId, room, classroom, services, isResumed: instances++ > 0), Mailbox);
    }

    protected override void PreStart()
    {
        if (_options.Rules.OnlyPlanned)
        {
            Timers.StartPeriodicTimer(nameof(HoursDue), new HoursDue(), HoursInterval);
        }

        if (_isResumed)
        {
            PipeToSelf(Task.Run(() => _options.Spools.ReadAgain(_roomId)), static lessons => new LessonsRead(lessons), failure =>
            {
                LogFailed(failure, _roomId);
                return new LessonsRead([]);
            });
            Become(Reading);
        }
        else
        {
            Resume(_options.Spools.Take(room => room == _roomId));
        }
    }

    /// <summary>What was written down is taken up by the next instance, or the next start.</summary>
    protected override void PostStop()
    {
        _stills.Drop();
        if (_lessons.Current is { } lesson)
        {
            _ = lesson.Ears.CloseAsync();
            _options.Spools.Close(lesson, delete: false);
        }
    }

    protected override void Handle(LessonMessage message)
    {
        switch (message)
        {
            case RoomSeen seen:
                _lessons.Take(seen.Sample);
                Watch();
                break;
            case StillTaken taken:
                Keep(taken.Still);
                break;
            case LessonsDue:
                Tend();
                break;
            case HoursDue:
                _isWatched = null; // The other may be a new instance.
                TellHours();
                break;
            case BeginLesson begin:
                _lessons.Begin(_services.Time.GetUtcNow());
                Watch();
                Answer(begin, Now());
                break;
            case EndLesson end:
                if (_lessons.Current?.Head.Id == end.LessonId)
                {
                    _lessons.End(_services.Time.GetUtcNow());
                    Tend();
                }

                Answer(end, Now());
                break;
            case SuspendLessons suspend:
                _suspended = AnswerLater(suspend);
                Become(Suspending);
                _stills.Drop();
                End(all: true);
                while (_unsaved.TryDequeue(out var unsaved))
                {
                    Save(unsaved);
                }

                AnswerWhenSaved();
                break;
            default:
                HandleAlways(message);
                break;
        }
    }

    /// <summary>What comes before the lesson is known again belongs to it.</summary>
    private void Reading(LessonMessage message)
    {
        if (message is LessonsRead read)
        {
            Become(Handle);
            Resume(read.Lessons);
            Stash.UnstashAll();
        }
        else
        {
            SetAside(message);
        }
    }

    private void Suspending(LessonMessage message)
    {
        HandleAlways(message);
        AnswerWhenSaved();
    }

    private void AnswerWhenSaved()
    {
        if (_ending == 0)
        {
            _suspended?.Give(new LessonsSuspended());
            _suspended = null;
        }
    }

    private void HandleAlways(LessonMessage message)
    {
        switch (message)
        {
            case GetHeard get:
                Answer(get, new RoomHeard(_lessons.Current?.Ears.SoFar ?? []));
                break;
            case GetLesson get:
                Answer(get, Now());
                break;
            case LessonSaved saved:
                saved.Lesson.SavedTo = saved.To;
                break;
            case LessonWorkDone { Failure: { } failure }:
                LogFailed(failure, _roomId);
                break;
            case LessonEnded ended:
                Ended(ended);
                break;
        }
    }

    private LessonNow Now() => _lessons.Current?.Head is { } head
        ? new LessonNow(head.Id, head.From, head.Limit, head.ByHand, head.Plan?.TeacherId, null)
        : new LessonNow(null, null, null, false, null, _lessons.HeldUntil);

    private void Resume(IReadOnlyList<LessonInHand> lessons)
    {
        foreach (var lesson in lessons)
        {
            LogTaken(lesson.Head.Id, _roomId, lesson.To - lesson.Head.From);
            _lessons.Resume(lesson);
        }

        Watch();
    }

    /// <summary>Tells that a lesson has begun or ended, and looks again while there is something to look after.</summary>
    private void Watch()
    {
        TellHours();
        if (_lessons.Current?.Head.Id is var current && current != _told)
        {
            _told = current;
            _stills.Drop();
            _options.Changed?.Invoke(_roomId);
        }

        var isBusy = _lessons.IsBusy || _ending > 0 || _unsaved.Count > 0;
        if (isBusy == Timers.IsTimerActive(nameof(LessonsDue)))
        {
            return;
        }

        if (isBusy)
        {
            Timers.StartPeriodicTimer(nameof(LessonsDue), new LessonsDue(), KeepInterval);
        }
        else
        {
            Timers.Cancel(nameof(LessonsDue));
        }
    }

    private void TellHours()
    {
        if (_options.Rules.OnlyPlanned && _lessons.IsWatched(_services.Time.GetUtcNow()) is var isWatched && isWatched != _isWatched)
        {
            _isWatched = isWatched;
            _classroom.Tell(new WatchWanted(isWatched));
        }
    }

    private void Tend()
    {
        End(all: false);
        if (_lessons.Current is { } lesson)
        {
            Tend(lesson);
        }

        if (_unsaved.Count > 0 && _ending == 0 && _services.Time.GetElapsedTime(_triedAt) >= RetryInterval)
        {
            Save(_unsaved.Dequeue());
        }

        Watch();
    }

    private void Tend(LessonInHand lesson)
    {
        if (_options.Rules.Listen && !lesson.Ears.IsOpen)
        {
            lesson.Ears.Open(
                _services.Media, _roomId, lesson.Head.From, _services.Time, _services.Loggers.CreateLogger<RoomSound>());
        }

        _stills.WantWhereDue(lesson.Stills?.Spacing ?? 1);
        if (_keeping.IsCompleted)
        {
            var keeping = _options.Spools.KeepAsync(lesson);
            _keeping = keeping;
            PipeToSelf(keeping, static _ => new LessonWorkDone(null), static failure => new LessonWorkDone(failure));
        }

        if (_saving.IsCompleted && lesson.To - (lesson.SavedTo ?? lesson.Head.From) >= SaveInterval && _saver.IsLongEnough(lesson))
        {
            var record = lesson.Record(ended: false, heard: null);
            var saving = _saver.SaveAsync(record);
            _saving = saving;
            PipeToSelf<bool, LessonWork>(
                saving, isOnRecord => isOnRecord ? new LessonSaved(lesson, record.To) : new LessonWorkDone(null),
                static failure => new LessonWorkDone(failure));
        }
    }

    private void Keep(Still still)
    {
        if (_lessons.Current is { } lesson && still.At >= lesson.Head.From)
        {
            PipeToSelf(
                _options.Spools.Stills.KeepAsync(lesson, still), static _ => new LessonWorkDone(null),
                static failure => new LessonWorkDone(failure));
        }
    }

    private void End(bool all)
    {
        foreach (var lesson in _lessons.TakeEnded(_services.Time.GetUtcNow(), all))
        {
            Save(new EndedLesson(lesson, mayGoOn: all));
        }
    }

    private void Save(EndedLesson ended)
    {
        _ending++;
        _triedAt = _services.Time.GetTimestamp();
        var before = Task.WhenAll(_saving, _keeping);
        PipeToSelf(_saver.SaveAsync(ended, before), isOnRecord => new LessonEnded(ended, isOnRecord), failure =>
        {
            LogFailed(failure, _roomId);
            return new LessonEnded(ended, IsOnRecord: false);
        });
    }

    private void Ended(LessonEnded ended)
    {
        // The end of a lesson may be told to the instance after the one that began it.
        _ending = Math.Max(0, _ending - 1);
        if (ended.IsOnRecord)
        {
            _options.Spools.Close(ended.Lesson.Lesson, delete: !ended.Lesson.MayGoOn);
            return;
        }

        _options.Spools.KeepWaiting(ended.Lesson.Lesson);
        _unsaved.Enqueue(ended.Lesson);
        if (_unsaved.Count > MostUnsaved)
        {
            _options.Spools.Close(_unsaved.Dequeue().Lesson, delete: false);
            LogGivenUp(_roomId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Lesson {LessonId} of room {RoomId} was interrupted after {Length}; it is taken up")]
    private partial void LogTaken(Guid lessonId, string roomId, TimeSpan length);

    [LoggerMessage(Level = LogLevel.Error, Message = "A lesson in room {RoomId} could not be kept; it is tried again")]
    private partial void LogFailed(Exception fault, string roomId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many lessons of room {RoomId} wait for the database; the oldest is put on record at the next start, if it could be written down")]
    private partial void LogGivenUp(string roomId);
}
