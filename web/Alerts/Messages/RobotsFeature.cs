using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;
using Xunke.Web.Text;

namespace Xunke.Web.Alerts.Messages;

/// <summary>
/// The group robots that are told of a school's alerts: <c>/api/alerts/robots</c>. Addresses and secrets are only ever taken in.
/// </summary>
internal static class RobotsFeature
{
    private const int LongestSecret = 200;

    /// <summary>A robot as it is to be. Of one that is there, Address null keeps address and secret. Secret null: it has none.</summary>
    internal sealed record WantedRobot(
        string? SchoolId, AlertChannel Channel, string? Name, string? Address, string? Secret, AlertSeverity Least, bool IsOn);

    /// <summary>A robot. IsReadable: the server can call it; otherwise its address must be entered again.</summary>
    internal sealed record RobotView(
        Guid RobotId, string SchoolId, string SchoolName, AlertChannel Channel, string Name, string Host, bool HasSecret, bool IsReadable,
        AlertSeverity Least, bool IsOn, string ChangedBy, DateTimeOffset ChangedAt);

    public static void MapAlertRobots(this RouteGroupBuilder group)
    {
        group.MapGet("/robots", ListAsync).Require(Permission.ManageAlertRobots).WithSummary("The group robots that the caller manages");
        group.MapPost("/robots", MakeAsync).Require(Permission.ManageAlertRobots).WithSummary("Adds a group robot to a school")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/robots/{robotId:guid}", ChangeAsync).Require(Permission.ManageAlertRobots).WithSummary("Changes a group robot")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/robots/{robotId:guid}", RemoveAsync).Require(Permission.ManageAlertRobots).WithSummary("Removes a group robot")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/robots/{robotId:guid}/test", TestAsync).Require(Permission.ManageAlertRobots)
            .WithSummary("Sends a test message to a group robot")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<Ok<RobotView[]>> ListAsync(
        Caller caller, RecordsContext records, RobotSecrets secrets, SchoolBook book, CancellationToken cancellationToken)
    {
        List<AlertWebhook> robots = await records.AlertWebhooks.AsNoTracking()
            .OrderBy(one => one.SchoolId).ThenBy(one => one.Name).ToListAsync(cancellationToken);
        return TypedResults.Ok(robots.Where(one => caller.May(Permission.ManageAlertRobots, one.SchoolId))
            .Select(one => Show(one, secrets, book)).ToArray());
    }

    private static async Task<Results<Created<RobotView>, ProblemHttpResult>> MakeAsync(
        WantedRobot wanted, Caller caller, SchoolBook book, RobotSecrets secrets, AuditTrail audit, IOptions<AlertSettings> settings,
        TimeProvider time)
    {
        if (book.FindSchool(wanted.SchoolId) is not { } school || !caller.May(Permission.ManageAlertRobots, school.SchoolId))
        {
            return Problems.BadRequest("bad-robot-school", "请选择一所您管理的学校");
        }

        if (Check(wanted, wanted.Channel, settings.Value, isNew: true, out Uri? address, out string name) is { } problem)
        {
            return problem;
        }

        var id = Guid.NewGuid();
        var robot = new AlertWebhook
        {
            Id = id,
            SchoolId = school.SchoolId,
            Channel = wanted.Channel,
            Name = name,
            Target = secrets.Protect(id, address!, SecretOf(wanted)), // Check says that there is one.
            Least = wanted.Least,
            IsOn = wanted.IsOn,
            ChangedBy = caller.UserName,
            ChangedAt = time.GetUtcNow(),
        };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            isFull = await deed.Records.AlertWebhooks.CountAsync(one => one.SchoolId == school.SchoolId) >= AlertWebhook.Most;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.AlertWebhooks.Add(robot);
            deed.Tell(caller.UserName, "alert.robot-added", Subject(robot));
        });
        return isFull
            ? Problems.Create(
                StatusCodes.Status409Conflict, "too-many-robots", $"一所学校最多 {AlertWebhook.Most} 个群机器人")
            : TypedResults.Created((string?)null, Show(robot, secrets, book));
    }

    private static async Task<Results<Ok<RobotView>, ProblemHttpResult>> ChangeAsync(
        Guid robotId, WantedRobot wanted, Caller caller, SchoolBook book, RobotSecrets secrets, AuditTrail audit,
        IOptions<AlertSettings> settings, TimeProvider time)
    {
        ProblemHttpResult? problem = Unknown();
        RobotView? view = null;
        await audit.CommitAsync(async deed =>
        {
            AlertWebhook? robot = await deed.Records.AlertWebhooks.SingleOrDefaultAsync(one => one.Id == robotId);
            if (robot is null || !caller.May(Permission.ManageAlertRobots, robot.SchoolId))
            {
                deed.GiveUp();
                return;
            }

            problem = Check(wanted, robot.Channel, settings.Value, isNew: false, out Uri? address, out string name);
            if (problem is not null)
            {
                deed.GiveUp();
                return;
            }

            robot.Target = address is null ? robot.Target : secrets.Protect(robot.Id, address, SecretOf(wanted));
            (robot.Name, robot.Least, robot.IsOn) = (name, wanted.Least, wanted.IsOn);
            (robot.ChangedBy, robot.ChangedAt) = (caller.UserName, time.GetUtcNow());
            deed.Tell(caller.UserName, "alert.robot-changed", Subject(robot));
            view = Show(robot, secrets, book);
        });
        return view is not null ? TypedResults.Ok(view) : problem!; // One of the two is there.
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid robotId, Caller caller, AuditTrail audit)
    {
        bool isDone = false;
        await audit.CommitAsync(async deed =>
        {
            AlertWebhook? robot = await deed.Records.AlertWebhooks.SingleOrDefaultAsync(one => one.Id == robotId);
            if (robot is null || !caller.May(Permission.ManageAlertRobots, robot.SchoolId))
            {
                deed.GiveUp();
                return;
            }

            isDone = true;
            deed.Records.AlertWebhooks.Remove(robot);
            deed.Tell(caller.UserName, "alert.robot-removed", Subject(robot));
        });
        return isDone ? TypedResults.NoContent() : Unknown();
    }

    private static async Task<Results<Ok<ChoicesFeature.TestResult>, ProblemHttpResult>> TestAsync(
        Guid robotId, Caller caller, RecordsContext records, RobotSecrets secrets, RobotDelivery delivery, SendPace pace, TestPace tests,
        CancellationToken cancellationToken)
    {
        AlertWebhook? robot = await records.AlertWebhooks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == robotId, cancellationToken);
        if (robot is null || !caller.May(Permission.ManageAlertRobots, robot.SchoolId))
        {
            return Unknown();
        }

        if (secrets.Read(robot) is not { } target)
        {
            return Problems.Create(StatusCodes.Status409Conflict, "robot-unreadable", "机器人地址读不出来或不再允许，请重新填写");
        }

        if (tests.Take(caller.UserName) is { } tooSoon)
        {
            return tooSoon;
        }

        if (pace.Take(target.Channel, target.Address.AbsoluteUri) > TimeSpan.Zero)
        {
            return Problems.Create(StatusCodes.Status429TooManyRequests, "robot-busy", "这一分钟发给它的消息已满，请稍后再试");
        }

        Delivery done = await delivery.SendAsync(target, MessageTexts.Test.Body, cancellationToken);
        return TypedResults.Ok(new ChoicesFeature.TestResult(done.IsSent, done.Answer));
    }

    private static ProblemHttpResult? Check(
        WantedRobot wanted, AlertChannel channel, AlertSettings settings, bool isNew, out Uri? address, out string name)
    {
        address = null;
        name = PlainText.Line(wanted.Name, 1, 40) ?? string.Empty;
        return channel is not (AlertChannel.WeCom or AlertChannel.DingTalk or AlertChannel.Feishu)
                ? Problems.BadRequest("bad-robot-channel", "请选择企业微信、钉钉或飞书")
            : name.Length == 0 ? Problems.BadRequest("bad-robot-name", "请写名称，1 到 40 字")
            : !Enum.IsDefined(wanted.Least) ? Problems.BadRequest("bad-severity", "没有这种轻重")
            : wanted.Secret?.Length > LongestSecret ? Problems.BadRequest("bad-robot-secret", $"密钥最多 {LongestSecret} 字")
            : (isNew || wanted.Address is { Length: > 0 })
                && !RobotAddress.TryRead(channel, wanted.Address, settings.WebhookHosts, out address)
                ? Problems.BadRequest(
                    "bad-robot-address", "这不是该服务群机器人的地址。请从群机器人设置里复制完整的 https 地址；内网转发地址由管理员在 Alerts:WebhookHosts 里允许")
            : null;
    }

    private static string? SecretOf(WantedRobot wanted) => string.IsNullOrWhiteSpace(wanted.Secret) ? null : wanted.Secret.Trim();

    private static string Subject(AlertWebhook robot) => $"{robot.Id} {robot.SchoolId} {robot.Channel}";

    private static ProblemHttpResult Unknown() => Problems.NotFound("unknown-robot", "没有这个群机器人，或您没有权限管理");

    private static RobotView Show(AlertWebhook robot, RobotSecrets secrets, SchoolBook book)
    {
        RobotTarget? target = secrets.Read(robot);
        return new RobotView(
            robot.Id, robot.SchoolId, book.FindSchool(robot.SchoolId)?.Name ?? robot.SchoolId, robot.Channel, robot.Name,
            target?.Address.IdnHost ?? string.Empty, target?.Secret is not null, target is not null, robot.Least, robot.IsOn,
            robot.ChangedBy, robot.ChangedAt);
    }
}
