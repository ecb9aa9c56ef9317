using System.Collections.Immutable;
using Xunke.Actors.Lessons;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;
using Xunke.Analytics.Vision;

namespace Xunke.Actors.Alerts.Trials;

/// <summary>
/// Tries a rule on a lesson that is over: the school's own watch looks, second by second, at what was kept of it. What is not kept are the
/// camera's state, rooms without a lesson, and the seconds for which a change of the view must last before the live view tells it.
/// </summary>
public static class RuleTrial
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    /// <summary>So long before the lesson the server started: no camera comes back just now.</summary>
    private static readonly TimeSpan LongAgo = TimeSpan.FromHours(1);

    /// <summary>Whether what is kept of lessons tells what the kind needs.</summary>
    public static bool CanTry(AlertKind kind) =>
        kind is not (AlertKind.UnplannedUse or AlertKind.CameraLost or AlertKind.SchoolOffline);

    /// <summary>What a rule would have raised.</summary>
    /// <param name="rule">The rule, of a kind that can be tried.</param>
    /// <param name="lesson">The lesson, with its samples.</param>
    /// <param name="isElsewhere">Whether classes leave their room for the lesson's subject.</param>
    /// <param name="reopenWithin">What comes back within this time is the same alert again.</param>
    /// <exception cref="InvalidDataException">The samples are damaged, or of a newer server.</exception>
    public static ImmutableArray<TriedAlert> Run(AlertRule rule, Lesson lesson, bool isElsewhere, TimeSpan reopenWithin)
    {
        if (PastLesson.Of(lesson) is not { } past)
        {
            return [];
        }

        var samples = SampleTape.Read(lesson.Samples, lesson.From);
        var watch = new SchoolWatch(
            lesson.SchoolId, new AlertSetup(new Nothing(), new OneRule(rule with { IsOn = true }, isElsewhere), past, TimeSpan.Zero),
            lesson.From - LongAgo, lesson.From);
        watch.Register([new RoomRegistration(lesson.RoomId, lesson.SchoolId, lesson.Enrolled)]);
        var changes = new List<AlertChange>();
        var next = 0;
        for (var now = lesson.From; now <= lesson.To; now += Step)
        {
            for (; next < samples.Length && samples[next].At <= now; next++)
            {
                watch.See(View(lesson, samples[next]));
            }

            changes.AddRange(watch.Look(now));
        }

        return Pair(changes, AlertKinds.EndsWithHours(rule.Kind) ? lesson.To : null, reopenWithin);
    }

    private static ImmutableArray<TriedAlert> Pair(List<AlertChange> changes, DateTimeOffset? end, TimeSpan reopenWithin)
    {
        var alerts = new List<TriedAlert>();
        foreach (var change in changes)
        {
            if (!change.IsRaised)
            {
                alerts[^1] = alerts[^1] with { To = change.At };
            }
            else if (alerts is [.., { To: { } over } last] && change.At - over <= reopenWithin)
            {
                alerts[^1] = last with { To = null };
            }
            else
            {
                alerts.Add(new TriedAlert(change.At, null));
            }
        }

        return [.. alerts.Select(one => one with { To = one.To ?? end })];
    }

    private static RoomView View(Lesson lesson, BehaviourSample sample) => new(
        lesson.RoomId, lesson.SchoolId, 0, sample.At, ClassroomState.Live, lesson.From, Fault(sample.Tamper), sample.LowConfidence,
        (int)sample.Interval.TotalMilliseconds, lesson.Enrolled, sample.People.Length, 0, 0, 0, 0, 0, 0,
        sample.Teacher ?? TeacherPlace.Unknown, None, None, 1, []);

    private static Figure None { get; } = new(null, 0, 0, 0, string.Empty);

    private static string? Fault(Tamper tamper) => tamper switch
    {
        Tamper.Dark => RoomFaults.ViewDark,
        Tamper.Covered => RoomFaults.ViewCovered,
        Tamper.Blurred => RoomFaults.ViewBlurred,
        Tamper.Frozen => RoomFaults.ViewFrozen,
        Tamper.Moved => RoomFaults.ViewMoved,
        _ => null,
    };

    /// <summary>The tried rule alone, and no silences.</summary>
    private sealed class OneRule(AlertRule rule, bool isElsewhere) : IAlertPolicy
    {
        public AlertRule RuleOf(AlertKind kind) => kind == rule.Kind ? rule : AlertRules.Usual(kind) with { IsOn = false };

        public bool IsSilenced(AlertPlace place, DateTimeOffset at) => false;

        public bool IsElsewhere(string subjectId) => isElsewhere;
    }

    /// <summary>A trial puts nothing on record.</summary>
    private sealed class Nothing : IAlertRecords
    {
        public Task<IReadOnlyList<AlertPlace>> OpenAsync(string schoolId) => Task.FromResult<IReadOnlyList<AlertPlace>>([]);

        public Task<bool> TryWriteAsync(IReadOnlyList<AlertChange> changes) => Task.FromResult(true);
    }
}
