using Microsoft.Extensions.Logging;
using Xunke.Actors.Audit;
using Xunke.Actors.Messaging;
using Xunke.Actors.Recordings;
using Xunke.Streaming.Edge;
using Xunke.Streaming.Viewers;

namespace Xunke.Actors.Visits;

/// <summary>What a room gives its visits.</summary>
/// <param name="Options">What all visits of a node need.</param>
/// <param name="Media">Shows the room.</param>
/// <param name="Recording">The room's recording, which may be of a visit.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Gets ends that cannot be written.</param>
internal sealed record VisitServices(
    VisitOptions Options, MediaServer Media, ActorRef<RecordingMessage> Recording, TimeProvider Time, ILogger Logger);

/// <summary>
/// One visit, from its beginning to its end: its record, its media sessions, the pages that show it, its recording. It
/// begins once that is on record, and it is gone once its end is.
/// </summary>
internal sealed partial class VisitActor : TypedActor<VisitMessage>
{
    private const int MostAside = 32;

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    /// <summary>A recording waits for the database and for the disk.</summary>
    private static readonly TimeSpan RecordingLimit = TimeSpan.FromMinutes(1);

    private readonly Visit _visit;
    private readonly VisitServices _services;
    private readonly VisitOptions _options;
    private readonly OpenVisit _open;
    private readonly bool _isResumed;
    private readonly HashSet<string> _pages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sessions = new(StringComparer.Ordinal);
    private readonly List<Reply<VisitEnded>> _waiting = [];
    private Reply<VisitBegun>? _beginning;
    private string? _endedBy;
    private bool _insists;
    private int _failures;

    private VisitActor(Visit visit, string loginId, VisitServices services, bool isResumed)
        : base(MostAside)
    {
        _visit = visit;
        _services = services;
        _options = services.Options;
        _open = new OpenVisit(visit, loginId, Own(services.Time));
        _isResumed = isResumed;
    }

    public static MailboxBound Mailbox { get; } = new("visit", 64);

    /// <summary>How a room keeps a visit. One whose actor fails is ended by the next instance.</summary>
    public static Props<VisitMessage> Props(Visit visit, string loginId, VisitServices services)
    {
        var instances = 0;
        return Props<VisitMessage>.Of(() => new VisitActor(visit, loginId, services, isResumed: instances++ > 0), Mailbox);
    }

    protected override void PreStart()
    {
        if (_isResumed)
        {
            _options.Open.TryAdd(_open, int.MaxValue);
            _open.IsOnRecord = true;
            End(AuditEntry.System, insists: true);
        }
    }

    /// <summary>Nothing of a visit outlives it.</summary>
    protected override void PostStop()
    {
        ClosePictures(_ => true);
        _options.Open.Remove(_open);
    }

    protected override void Handle(VisitMessage message)
    {
        if (message is not BeginVisit begin)
        {
            SetAside(message);
            return;
        }

        // In the list first: whoever changes a rule or ends a login after this finds it there.
        var refusal = !_options.Open.TryAdd(_open, _options.MostPerAccount) ? VisitRefusal.TooMany
            : !_options.Rules.Allows(_visit.Media) ? VisitRefusal.NotAllowed
            : !_options.Rules.IsSignedIn(_open.LoginId) ? VisitRefusal.SignedOut
            : (VisitRefusal?)null;
        if (refusal is not null)
        {
            Answer(begin, new VisitBegun(refusal));
            Stop();
            return;
        }

        _beginning = AnswerLater(begin);
        PipeToSelf(
            Written(_options.Records.BeginAsync(_visit)),
            static _ => new BeginningWritten(null), static failure => new BeginningWritten(failure));
        Become(Beginning);
    }

    private void Beginning(VisitMessage message)
    {
        switch (message)
        {
            case BeginningWritten { Failure: { } failure }:
                _beginning!.Fail(failure);
                Stop();
                break;
            case BeginningWritten:
                _options.Open.Begin(_open);
                _beginning!.Give(new VisitBegun(null));
                Become(Open);
                Watch();
                Stash.UnstashAll();
                break;
            default:
                SetAside(message);
                break;
        }
    }

    private void Open(VisitMessage message)
    {
        switch (message)
        {
            case EndVisit end:
                _waiting.Add(AnswerLater(end));
                End(end.By, end.Insists);
                break;
            case ShowRoom show:
                Show(show);
                Watch();
                break;
            case RecordRoom record:
                Forward(_services.Recording, new BeginRecording(record.Record));
                break;
            case VisitAbandoned:
                End(AuditEntry.System, insists: true);
                break;
            default:
                HandleAlways(message);
                break;
        }
    }

    private void Ending(VisitMessage message)
    {
        switch (message)
        {
            case EndVisit end:
                _waiting.Add(AnswerLater(end));
                Insist(end.Insists);
                break;
            case ShowRoom show:
                Answer(show, new RoomShown(null));
                break;
            case RecordRoom record:
                Answer(record, new RecordingBegun(false));
                break;
            case EndWritten { Failure: { } failure }:
                EndFailed(failure);
                break;
            case EndWritten:
                ClosePictures(_ => true);
                _options.Open.Remove(_open);
                _waiting.ForEach(static asker => asker.Give(VisitEnded.Instance));
                Stop();
                break;
            case EndAgain:
                WriteEnd();
                break;
            default:
                HandleAlways(message);
                break;
        }
    }

    private void HandleAlways(VisitMessage message)
    {
        switch (message)
        {
            case HideRoom hide:
                ClosePictures(session => session.Key == hide.SessionId);
                Answer(hide, new RoomHidden());
                break;
            case LoginCut cut:
                ClosePictures(session => session.Value == cut.LoginId);
                break;
            case PictureGone gone when _sessions.Remove(gone.SessionId):
                ShowSessions();
                break;
            case PageSeen { IsThere: true } page:
                _pages.Add(page.ConnectionId);
                break;
            case PageSeen page:
                _pages.Remove(page.ConnectionId);
                break;
        }

        Watch();
    }

    private void Show(ShowRoom show)
    {
        if (!_options.Rules.IsSignedIn(show.LoginId))
        {
            Answer(show, new RoomShown(null));
            return;
        }

        AnswerOrFail(show, () =>
        {
            var answer = _services.Media.View(
                _visit.RoomId, show.Offer, _visit.Media, new ViewerOwner(_visit.Id.ToString("N"), _visit.UserName));
            _sessions.Add(answer.SessionId, show.LoginId);
            ShowSessions();
            return new RoomShown(answer);
        });
    }

    private void End(string by, bool insists)
    {
        _endedBy = by;
        Timers.CancelAll();
        Become(Ending);
        Insist(insists);
        WriteEnd();
    }

    private void Insist(bool insists)
    {
        _insists |= insists;
        if (_insists)
        {
            ClosePictures(_ => true);
        }
    }

    private void WriteEnd() => PipeToSelf(
        Written(WriteEndAsync(_endedBy!)), static _ => new EndWritten(null), static failure => new EndWritten(failure));

    private static async Task<bool> Written(Task writing)
    {
        await writing.ConfigureAwait(false);
        return true;
    }

    private async Task WriteEndAsync(string by)
    {
        await _services.Recording.AskAsync(new EndRecording(by, VisitId: _visit.Id, Insists: _insists), RecordingLimit)
            .ConfigureAwait(false);
        await _options.Records.EndAsync(_visit, by).ConfigureAwait(false);
    }

    private void EndFailed(Exception failure)
    {
        _waiting.ForEach(asker => asker.Fail(failure));
        _waiting.Clear();
        if (!_insists)
        {
            Become(Open);
            Watch();
            return;
        }

        LogUnwritten(_services.Logger, failure, _visit.Id, _visit.RoomId);
        var wait = FirstRetry * Math.Pow(2, Math.Min(_failures++, 10));
        Timers.StartSingleTimer(nameof(EndAgain), new EndAgain(), wait < LongestRetry ? wait : LongestRetry);
    }

    /// <summary>A visit ends when neither page nor picture has been there for a while.</summary>
    private void Watch()
    {
        if (_endedBy is not null && _insists)
        {
            return;
        }

        if (_pages.Count > 0 || _sessions.Count > 0)
        {
            Timers.Cancel(nameof(VisitAbandoned));
        }
        else if (!Timers.IsTimerActive(nameof(VisitAbandoned)))
        {
            Timers.StartSingleTimer(nameof(VisitAbandoned), new VisitAbandoned(), _options.Grace);
        }
    }

    private void ClosePictures(Func<KeyValuePair<string, string>, bool> which)
    {
        foreach (var (sessionId, _) in _sessions.Where(which).ToList())
        {
            _sessions.Remove(sessionId);
            _services.Media.Close(sessionId);
        }

        ShowSessions();
    }

    private void ShowSessions() => _open.Sessions = [.. _sessions.Keys];

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The end of visit {VisitId} of room {RoomId} cannot be put on record; it is tried again")]
    private static partial void LogUnwritten(ILogger logger, Exception fault, Guid visitId, string roomId);
}
