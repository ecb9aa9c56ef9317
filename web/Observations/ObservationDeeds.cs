using Microsoft.AspNetCore.Http.HttpResults;
using Xunke.Actors.Observations;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Hosting;
using Xunke.Web.Timetable;

namespace Xunke.Web.Observations;

/// <summary>How observations are told of: in the audit trail, and to the pages of those whom they concern.</summary>
internal sealed class ObservationDeeds(ChangeBoard changes, TimetableBook timetable)
{
    /// <summary>Tells of something that is done to an observation; never its words.</summary>
    public void Tell(Deed deed, Observation observation, string by, string action)
    {
        deed.Tell(by, action, $"{observation.Id} {observation.RoomId}");
        string? teacher = ObservationReader.AccountOf(observation, timetable.Names);
        deed.Afterwards(() =>
        {
            foreach (string scope in new[] { observation.UserName, teacher, observation.SchoolId }.OfType<string>())
            {
                changes.Raise(Topic.Observations, scope);
            }
        });
    }

    /// <summary>There is no such observation for the caller.</summary>
    public static ProblemHttpResult Unknown() => Problems.NotFound("unknown-observation", "没有这份听课记录，或您没有权限查看");

    /// <summary>It is not the observer's any more.</summary>
    public static ProblemHttpResult Sent() =>
        Problems.Create(StatusCodes.Status409Conflict, "observation-sent", "这份听课记录已经提交，不能再改");
}
