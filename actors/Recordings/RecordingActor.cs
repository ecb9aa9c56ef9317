using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Xunke.Actors.Audit;
using Xunke.Actors.Messaging;
using Xunke.Streaming.Recording;

namespace Xunke.Actors.Recordings;

/// <summary>What a room gives its recording.</summary>
/// <param name="RoomId">The room.</param>
/// <param name="Options">What all recordings of a node need.</param>
/// <param name="Recorder">Records.</param>
/// <param name="Logger">Gets parts that cannot be put on record.</param>
internal sealed record RecordingServices(string RoomId, RecordingOptions Options, Recorder Recorder, ILogger Logger);

/// <summary>
/// A room's recording: begun on record and in the audit trail first, then on the disk, and ended in that order too. Its
/// behaviours are Idle, Beginning, Recording and Ending.
/// </summary>
internal sealed partial class RecordingActor : TypedActor<RecordingMessage>
{
    private const int MostAside = 32;

    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    private readonly RecordingServices _services;
    private readonly RecordingOptions _options;
    private ActiveRecording? _active;
    private BeginRecording? _beginning;
    private Reply<RecordingBegun>? _begun;
    private Reply<RecordingEnded>? _ended;
    private EndRecording? _due;
    private ImmutableArray<UnfinishedRecording> _unfinished = [];

    private RecordingActor(RecordingServices services)
        : base(MostAside)
    {
        _services = services;
        _options = services.Options;
    }

    public static MailboxBound Mailbox { get; } = new("recording", 64);

    public static Props<RecordingMessage> Props(RecordingServices services) =>
        Props<RecordingMessage>.Of(() => new RecordingActor(services), Mailbox);

    /// <summary>What a failure, or the end of the system, leaves is completed on the disk; the next start of the server puts it on
    /// record.</summary>
    protected override void PostStop()
    {
        if (_active is { } active)
        {
            _options.Active.Remove(active);
            _ = active.Room.StopAsync();
        }
    }

    // Idle.
    protected override void Handle(RecordingMessage message)
    {
        switch (message)
        {
            case BeginRecording begin:
                _beginning = begin;
                _begun = AnswerLater(begin);
                PipeToSelf(
                    _options.Records.BeginAsync(begin.Record, begin.Earlier is not null),
                    static folder => new BeginningWritten(folder, null), static failure => new BeginningWritten(null, failure));
                Become(Beginning);
                break;
            case CheckRecording check when !_unfinished.IsEmpty:
                _ended = AnswerLater(check);
                PipeEnd(CompleteAsync(_unfinished));
                break;
            case EndRecording end:
                Answer(end, RecordingEnded.Instance);
                break;
            case CheckRecording check:
                Answer(check, RecordingEnded.Instance);
                break;
            case SuspendRecording suspend:
                Answer(suspend, RecordingEnded.Instance);
                break;
        }
    }

    private void Beginning(RecordingMessage message)
    {
        switch (message)
        {
            case BeginningWritten { Failure: { } failure }:
                _begun!.Fail(failure);
                Rest();
                break;
            case BeginningWritten written:
                var record = _beginning!.Record;
                var room = _services.Recorder.Start(record.RoomId, written.Folder!, record.Media, _beginning.Earlier);
                _active = new ActiveRecording(record, room);
                _options.Active.Add(_active);
                _begun!.Give(new RecordingBegun(true));
                Become(Recording);
                Stash.UnstashAll();
                break;
            case BeginRecording begin:
                Answer(begin, new RecordingBegun(false));
                break;
            default:
                SetAside(message);
                break;
        }
    }

    private void Recording(RecordingMessage message)
    {
        switch (message)
        {
            case BeginRecording begin:
                Answer(begin, new RecordingBegun(false));
                break;
            case EndRecording end when IsMeant(end, _active!.Record):
                _ended = AnswerLater(end);
                _due = end.Insists ? end : _due;
                PipeEnd(EndAsync(_active, end));
                break;
            case EndRecording end:
                Answer(end, RecordingEnded.Instance);
                break;
            case CheckRecording check when _due is not null || IsOver(_active!, check.Now):
                _ended = AnswerLater(check);
                PipeEnd(EndAsync(_active!, _due ?? new EndRecording(AuditEntry.System)));
                break;
            case CheckRecording check:
                Answer(check, RecordingEnded.Instance);
                break;
            case SuspendRecording suspend:
                _ended = AnswerLater(suspend);
                PipeEnd(SuspendAsync(_active!));
                break;
        }
    }

    private void Ending(RecordingMessage message)
    {
        switch (message)
        {
            case EndWritten { Failure: { } failure }:
                // Only an end that was not put on record fails.
                _ended!.Fail(failure);
                Become(Recording);
                Stash.UnstashAll();
                break;
            case EndWritten written:
                _unfinished = written.Unfinished;
                _options.Active.Finish(_services.RoomId, _unfinished.IsEmpty);
                _active = null;
                _ended!.Give(RecordingEnded.Instance);
                Rest();
                break;
            default:
                SetAside(message);
                break;
        }
    }

    private static bool IsMeant(EndRecording end, Recording record) =>
        (end.RecordingId is null || end.RecordingId == record.Id) && (end.VisitId is null || end.VisitId == record.VisitId);

    /// <summary>Also by what it holds: a clock that was set back would let it go on for as long.</summary>
    private static bool IsOver(ActiveRecording recording, DateTimeOffset now) =>
        recording.Record.Until <= now || recording.Room.Status is var status
        && (status.HasFailed || status.Length > recording.Record.Until - recording.Record.From + Tolerance);

    private void Rest()
    {
        (_beginning, _begun, _ended, _due) = (null, null, null, null);
        Become(Handle);
        Stash.UnstashAll();
    }

    private void PipeEnd(Task<ImmutableArray<UnfinishedRecording>> end)
    {
        PipeToSelf(end, static unfinished => new EndWritten(unfinished, null), static failure => new EndWritten([], failure));
        Become(Ending);
    }

    private async Task<ImmutableArray<UnfinishedRecording>> EndAsync(ActiveRecording active, EndRecording end)
    {
        if (end.Insists)
        {
            await active.Room.StopAsync().ConfigureAwait(false);
        }

        await _options.Records.EndAsync(active.Record, active.Room.Status, end.Fault, end.By).ConfigureAwait(false);
        _options.Active.Remove(active);
        var status = await active.Room.StopAsync().ConfigureAwait(false);
        return await CompleteAsync([.. _unfinished, new UnfinishedRecording(active.Record.Id, status, end.Fault)]).ConfigureAwait(false);
    }

    private async Task<ImmutableArray<UnfinishedRecording>> SuspendAsync(ActiveRecording active)
    {
        _options.Active.Remove(active);
        await active.Room.StopAsync().ConfigureAwait(false);
        return [];
    }

    /// <returns>Those that the database refuses; after a crash the next start puts them on record.</returns>
    private async Task<ImmutableArray<UnfinishedRecording>> CompleteAsync(ImmutableArray<UnfinishedRecording> ended)
    {
        var unfinished = ImmutableArray.CreateBuilder<UnfinishedRecording>();
        foreach (var one in ended)
        {
            try
            {
                await _options.Records.CompleteAsync(one.RecordingId, one.Status, one.Fault).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                unfinished.Add(one);
                LogUnfinished(_services.Logger, fault, one.RecordingId);
            }
        }

        return unfinished.ToImmutable();
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The parts of recording {RecordingId}, which has ended, cannot be put on record for now")]
    private static partial void LogUnfinished(ILogger logger, Exception fault, Guid recordingId);
}
