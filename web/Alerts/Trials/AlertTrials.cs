using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Trials;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Schools;

namespace Xunke.Web.Alerts.Trials;

/// <summary>An alert that a rule would have raised. To null: it lasted beyond the lesson.</summary>
internal sealed record TriedAlertView(
    string SchoolId, string SchoolName, string SchoolNameEn, string RoomId, string RoomName, Guid LessonId, DateTimeOffset From,
    DateTimeOffset? To);

/// <summary>What a rule would have raised on a date, and what was raised.</summary>
internal sealed record TriedDay(DateOnly Date, int Would, int Did);

/// <summary>
/// What a rule would have raised in a week: Total alerts, the newest of them in Alerts. Lessons: how many the week has with what is kept of
/// them; Tried: how many were looked at, the newest first.
/// </summary>
internal sealed record AlertTrialView(
    DateTimeOffset From, DateTimeOffset To, int Lessons, int Tried, int Total, int Did, ImmutableArray<TriedDay> Days,
    ImmutableArray<TriedAlertView> Alerts);

/// <summary>Tries rules on the lessons of the last week, one trial at a time and for a bounded time: it reads much.</summary>
internal sealed class AlertTrials(
    IDbContextFactory<RecordsContext> records, AlertBook policy, SchoolBook book, IOptions<AlertSettings> settings, TimeProvider time)
    : IDisposable
{
    private const int MostLessons = 2000;
    private const int MostShown = 100;
    private const int Days = 7;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Tries a rule.</summary>
    /// <returns>Null: another trial is under way.</returns>
    public async Task<AlertTrialView?> RunAsync(AlertRule rule, string? schoolId, CancellationToken cancellationToken)
    {
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return null;
        }

        try
        {
            return await LookAsync(rule, schoolId, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private async Task<AlertTrialView> LookAsync(AlertRule rule, string? schoolId, CancellationToken cancellationToken)
    {
        (DateTimeOffset to, long started) = (time.GetUtcNow(), time.GetTimestamp());
        DateTimeOffset from = to.AddDays(-Days);
        byte[] none = [];
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        IQueryable<Lesson> kept = context.Lessons.AsNoTracking().Where(one => one.From >= from && one.From < to && one.Ended
            && one.EntryId != null && one.Samples != none && (schoolId == null || one.SchoolId == schoolId));
        int count = await kept.CountAsync(cancellationToken);
        List<Guid> ids = await kept.OrderByDescending(one => one.From).Select(one => one.Id).Take(MostLessons)
            .ToListAsync(cancellationToken);
        var would = new List<TriedAlertView>();
        int tried = 0;
        DateTimeOffset back = to;
        foreach (Guid id in ids)
        {
            if (time.GetElapsedTime(started) > Longest)
            {
                break;
            }

            if (await context.Lessons.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, cancellationToken) is { } lesson)
            {
                would.AddRange(await Task.Run(() => Try(rule, lesson), cancellationToken));
                (tried, back) = (tried + 1, lesson.From);
            }
        }

        // Where not all was looked at, what was raised is counted for the same time.
        back = tried == count ? from : back;
        List<DateTimeOffset> did = await context.Alerts
            .Where(one => one.Kind == rule.Kind && one.RaisedAt >= back && one.RaisedAt < to
                && (schoolId == null || one.SchoolId == schoolId))
            .Select(one => one.RaisedAt).ToListAsync(cancellationToken);
        return new AlertTrialView(
            back, to, count, tried, would.Count, did.Count, DaysOf(would, did),
            [.. would.OrderByDescending(one => one.From).Take(MostShown)]);
    }

    private IEnumerable<TriedAlertView> Try(AlertRule rule, Lesson lesson)
    {
        ImmutableArray<TriedAlert> alerts;
        try
        {
            alerts = RuleTrial.Run(
                rule, lesson, lesson.SubjectId is { } subject && policy.IsElsewhere(subject),
                TimeSpan.FromMinutes(settings.Value.ReopenMinutes));
        }
        catch (InvalidDataException)
        {
            // What is damaged tells nothing; the lesson's own page says so.
            return [];
        }

        SchoolEntry? school = book.FindSchool(lesson.SchoolId);
        return alerts.Select(one => new TriedAlertView(
            lesson.SchoolId, school?.Name ?? lesson.SchoolId, school?.NameEn ?? lesson.SchoolId, lesson.RoomId,
            book.FindRoom(lesson.RoomId)?.Name ?? lesson.RoomId, lesson.Id, one.From, one.To));
    }

    private ImmutableArray<TriedDay> DaysOf(List<TriedAlertView> would, List<DateTimeOffset> did)
    {
        ILookup<DateOnly, DateTimeOffset> tried = would.Select(one => one.From).ToLookup(DateOf);
        ILookup<DateOnly, DateTimeOffset> raised = did.ToLookup(DateOf);
        return
        [
            .. tried.Select(day => day.Key).Union(raised.Select(day => day.Key)).Order()
                .Select(date => new TriedDay(date, tried[date].Count(), raised[date].Count())),
        ];
    }

    private DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).DateTime);
}
