using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Live;
using Xunke.Actors.Messaging;

namespace Xunke.Actors.Alerts;

/// <summary>
/// The one owner of a school's alerts. It hears every view of the school's rooms, looks at the rules once a second, and puts what is
/// raised and cleared on record, in order. What cannot be written waits and is tried again; when too much waits, the rules rest, so that
/// nothing is lost that still lasts when the database is back. A restart takes up from the records what is raised.
/// </summary>
internal sealed partial class AlertsActor : TypedActor<SchoolMessage>
{
    private const int MostWaiting = 256;
    private const int MostAtOnce = 64;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(5);

    private readonly string _schoolId;
    private readonly AlertServices _services;
    private readonly SchoolWatch _watch;
    private readonly Queue<AlertChange> _waiting = new();
    private bool _isRead;
    private bool _isBusy;
    private long? _failedAt;

    private AlertsActor(string schoolId, ImmutableArray<RoomRegistration> rooms, AlertServices services)
    {
        (_schoolId, _services) = (schoolId, services);
        _watch = new SchoolWatch(schoolId, services.Setup, services.ServerStart, services.Time.GetUtcNow());
        _watch.Register(rooms);
    }

    /// <summary>Beside the newest view of each room.</summary>
    public static MailboxBound Mailbox { get; } = new("alerts", 16);

    /// <summary>How a school keeps its alerts.</summary>
    public static Props<SchoolMessage> Props(
        string schoolId, Func<ImmutableArray<RoomRegistration>> rooms, AlertServices services) =>
        Props<SchoolMessage>.Of(() => new AlertsActor(schoolId, rooms(), services), Mailbox);

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(AlertsDue), new AlertsDue(), LookInterval);
        Read();
    }

    protected override void Handle(SchoolMessage message)
    {
        switch (message)
        {
            case RoomChanged changed:
                _watch.See(changed.View);
                break;
            case SchoolRegistered registered:
                _watch.Register(registered.School.Rooms);
                break;
            case AlertsRead { Raised: { } raised }:
                (_isBusy, _isRead, _failedAt) = (false, true, null);
                _watch.Resume(raised);
                break;
            case AlertsRead:
                Failed();
                break;
            case AlertsWritten { IsOnRecord: true } written:
                (_isBusy, _failedAt) = (false, null);
                for (var i = 0; i < written.Count; i++)
                {
                    _waiting.Dequeue();
                }

                Write();
                break;
            case AlertsWritten:
                Failed();
                break;
            case AlertsDue:
                Look();
                break;
        }
    }

    private void Look()
    {
        if (!_isRead)
        {
            Read();
            return;
        }

        if (_waiting.Count < MostWaiting)
        {
            foreach (var change in _watch.Look(_services.Time.GetUtcNow()))
            {
                _waiting.Enqueue(change);
            }
        }

        Write();
    }

    private bool MayTry() => !_isBusy && (_failedAt is not { } failed || _services.Time.GetElapsedTime(failed) >= RetryInterval);

    private void Read()
    {
        if (MayTry())
        {
            _isBusy = true;
            PipeToSelf(Task.Run(() => _services.Setup.Records.OpenAsync(_schoolId)), static raised => new AlertsRead(raised), failure =>
            {
                LogUnread(_services.Logger, failure, _schoolId);
                return new AlertsRead(null);
            });
        }
    }

    private void Write()
    {
        if (_waiting.Count == 0 || !MayTry())
        {
            return;
        }

        _isBusy = true;
        AlertChange[] some = [.. _waiting.Take(MostAtOnce)];
        PipeToSelf(
            Task.Run(() => _services.Setup.Records.TryWriteAsync(some)),
            isOnRecord => new AlertsWritten(some.Length, isOnRecord),
            failure =>
            {
                LogUnwritten(_services.Logger, failure, _schoolId);
                return new AlertsWritten(some.Length, IsOnRecord: false);
            });
    }

    private void Failed() => (_isBusy, _failedAt) = (false, _services.Time.GetTimestamp());

    [LoggerMessage(Level = LogLevel.Error, Message = "The alerts of school {SchoolId} cannot be read; it is tried again")]
    private static partial void LogUnread(ILogger logger, Exception fault, string schoolId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The alerts of school {SchoolId} cannot be put on record; it is tried again")]
    private static partial void LogUnwritten(ILogger logger, Exception fault, string schoolId);
}
