using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Rectifications;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Timetable;

namespace Xunke.Web.Rectifications;

/// <summary>What people do to notices: the event, what it changes and the line in the audit trail are one transaction.</summary>
internal sealed class RectificationDeeds(
    AuditTrail audit, ChangeBoard changes, TimetableBook timetable, TimeProvider time, IOptions<RectificationSettings> settings)
{
    /// <summary>There is no such notice for the caller.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("unknown-rectification", "没有这份整改通知书，或您没有权限查看");

    /// <summary>Somebody has done something to it since the page was read.</summary>
    public static ProblemHttpResult Stale() =>
        Problems.Create(StatusCodes.Status409Conflict, "rectification-changed", "这份整改通知书刚才有了变化，请看过再办");

    /// <summary>It is past that.</summary>
    public static ProblemHttpResult Past() =>
        Problems.Create(StatusCodes.Status409Conflict, "rectification-past", "这份整改通知书现在不能这样办理");

    /// <summary>Tells of something that is done to a notice; never its words.</summary>
    public void Tell(Deed deed, Rectification one, string by, string action)
    {
        deed.Tell(by, action, $"{one.Id} {one.Number}");
        deed.Afterwards(() => changes.Raise(Topic.Rectifications));
    }

    /// <summary>Takes a notice a step.</summary>
    /// <param name="id">The notice, which the caller may see.</param>
    /// <param name="version">The version of the page that the caller acts on.</param>
    /// <param name="caller">Who acts.</param>
    /// <param name="act">What is done.</param>
    /// <returns>Why it is not done; null: it is.</returns>
    public async Task<ProblemHttpResult?> TakeAsync(Guid id, int version, Caller caller, RectificationAct act)
    {
        ProblemHttpResult? refusal = null;
        await audit.CommitAsync(async deed =>
        {
            Rectification? one = RectificationReader.InOrder(await deed.Records.Rectifications.Include(found => found.Events)
                .Include(found => found.Files).AsSplitQuery().SingleOrDefaultAsync(found => found.Id == id));
            refusal = one is null ? Unknown()
                : !act.MayDo(caller, one) ? act.Refusal
                : one.Version != version ? Stale()
                : !RectificationRules.Allows(one.State, act.Step) ? Past()
                : act.Step is RectificationStep.Returned && one.Round == Rectification.MostRounds ? Past()
                : null;
            if (one is null || refusal is not null)
            {
                deed.GiveUp();
                return;
            }

            DateTimeOffset now = time.GetUtcNow();
            if (act.Step is RectificationStep.Answered)
            {
                one.Files.ForEach(file => file.SentAt ??= now);
            }

            RectificationRules.Take(
                one,
                new RectificationEvent
                {
                    RectificationId = one.Id,
                    Number = one.Version + 1,
                    Round = one.Round,
                    At = now,
                    Step = act.Step,
                    By = caller.UserName,
                    ByName = caller.DisplayName,
                    Text = act.Text,
                    On = act.On,
                    VisitId = act.VisitId,
                },
                timetable.Today.AddDays(settings.Value.ReportDays));
            Tell(deed, one, caller.UserName, $"rectification.{act.Step.ToString().ToLowerInvariant()}");
        });
        return refusal;
    }
}

/// <summary>Something that is to be done to a notice.</summary>
/// <param name="Step">What.</param>
/// <param name="Text">What is said.</param>
/// <param name="On">The date that is set with it; null: none.</param>
/// <param name="MayDo">Whether the caller may.</param>
/// <param name="Refusal">What others are told.</param>
/// <param name="VisitId">The visit in which somebody looked again; null: none.</param>
internal sealed record RectificationAct(
    RectificationStep Step, string Text, DateOnly? On, Func<Caller, Rectification, bool> MayDo, ProblemHttpResult Refusal,
    Guid? VisitId = null);
