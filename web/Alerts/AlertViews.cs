using System.Collections.Immutable;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Web.Alerts;

/// <summary>An alert with its names. People, Enrolled, Lost and Cameras are the figures that it was raised on.</summary>
internal sealed record AlertView(
    Guid AlertId, string SchoolId, string SchoolName, string SchoolNameEn, string? RoomId, string? RoomName, AlertKind Kind,
    AlertSeverity Severity, AlertState State, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt, AlertEnd? End, int Reopened,
    DateTimeOffset? AcknowledgedUntil, string? AssignedTo, string? AssignedToName, AlertVerdict? Verdict, string? ClassName,
    string? SubjectName, string? SubjectNameEn, string? PeriodName, int? People, int? Enrolled, int? Lost, int? Cameras, string? Fault,
    bool MayTend);

/// <summary>Something that happened to an alert; By null: by itself.</summary>
internal sealed record AlertEventView(
    AlertStep Step, DateTimeOffset At, string? By, string? Text, DateTimeOffset? Until, AlertVerdict? Verdict);

/// <summary>A message that tells of an alert, with every try to send it.</summary>
internal sealed record AlertMessageView(
    AlertChannel Channel, AlertMessageKind Kind, string Recipient, AlertMessageState State, DateTimeOffset MadeAt, DateTimeOffset DueAt,
    DateTimeOffset? DoneAt, ImmutableArray<AlertTryView> Tries);

/// <summary>A try to send a message.</summary>
internal sealed record AlertTryView(DateTimeOffset At, bool IsSent, string Answer);

/// <summary>An alert with why it was raised, what happened to it and who was told. Evidence null: a later version wrote it.</summary>
internal sealed record AlertDetail(
    AlertView Alert, AlertEvidence? Evidence, ImmutableArray<AlertEventView> Events, ImmutableArray<AlertMessageView> Messages);

/// <summary>Gives alerts their names.</summary>
internal sealed class AlertViews(SchoolBook book, TimetableBook timetable)
{
    /// <summary>An alert as a list shows it.</summary>
    public AlertView Of(Alert alert, bool mayTend) => Of(alert, AlertEvidence.FromJson(alert.Evidence), mayTend);

    /// <summary>An alert with its events.</summary>
    public AlertDetail DetailOf(Alert alert, IEnumerable<AlertMessage> messages, bool mayTend)
    {
        var evidence = AlertEvidence.FromJson(alert.Evidence);
        return new AlertDetail(
            Of(alert, evidence, mayTend),
            evidence,
            [
                .. alert.Events.OrderBy(one => one.At).ThenBy(one => one.Id)
                    .Select(one => new AlertEventView(one.Step, one.At, one.ByName, one.Text, one.Until, one.Verdict)),
            ],
            [
                .. messages.Select(one => new AlertMessageView(
                    one.Channel, one.Kind, one.RecipientName, one.State, one.MadeAt, one.DueAt, one.DoneAt,
                    [.. one.Log.OrderBy(made => made.Number).Select(made => new AlertTryView(made.At, made.IsSent, made.Answer))])),
            ]);
    }

    private AlertView Of(Alert alert, AlertEvidence? evidence, bool mayTend)
    {
        BookNames names = timetable.Names;
        SchoolEntry? school = book.FindSchool(alert.SchoolId);
        return new AlertView(
            alert.Id,
            alert.SchoolId,
            school?.Name ?? alert.SchoolId,
            school?.NameEn ?? alert.SchoolId,
            alert.RoomId,
            alert.RoomId is { } roomId ? book.FindRoom(roomId)?.Name ?? roomId : null,
            alert.Kind,
            alert.Severity,
            alert.State,
            alert.RaisedAt,
            alert.ClearedAt,
            alert.End,
            alert.Reopened,
            alert.AcknowledgedUntil,
            alert.AssignedTo,
            alert.AssignedToName,
            alert.Verdict,
            names.Class(evidence?.ClassId),
            names.Subject(evidence?.SubjectId),
            names.SubjectEn(evidence?.SubjectId),
            evidence?.PeriodName,
            evidence?.People,
            evidence?.Enrolled,
            evidence?.Lost,
            evidence?.Cameras,
            evidence?.Fault,
            mayTend);
    }
}
