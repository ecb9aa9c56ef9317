using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Alerts.Messages;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Alerts.Messages;
using Xunke.Web.Audit;
using Xunke.Web.Changes;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Hosting.Work;
using Xunke.Web.Mail;
using Xunke.Web.Schools;
using Xunke.Web.Timetable;

namespace Xunke.Tests.Web.Alerts;

/// <summary>
/// The outbox and its sender on a database of their own, with a clock that only the test moves, and the servers that they call.
/// </summary>
internal sealed class MessageDesk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-messages-");
    private readonly DataDirectory _data;
    private readonly IOptions<AlertSettings> _settings;
    private readonly AlertOutbox _outbox;
    private readonly MailServer _mailServer;
    private readonly RobotDelivery _delivery;
    private readonly SendPace _pace;
    private int _rooms;

    private MessageDesk(TestRecords records)
    {
        Records = records;
        Robots = new RobotStandIn(Time);
        _data = DataDirectory.Open(_folder.FullName);
        Audit = new AuditTrail(records, new AuditKeyFile(_data), Time);
        _settings = Options.Create(new AlertSettings { WebhookHosts = [Robots.Origin] });
        _mailServer = new MailServer(
            Options.Create(new MailSettings { Host = "127.0.0.1", Port = Mail.Port, Tls = false, From = "xunke@example.cn" }),
            Options.Create(new AuditSettings()));
        _outbox = new AlertOutbox(_mailServer, new TimetableBook(records, Time), _settings, Time);
        _delivery = new RobotDelivery(Time);
        _pace = new SendPace(Time);
        Secrets = new RobotSecrets(new EphemeralDataProtectionProvider(), _settings);
        Sender = MakeSender();
        Messenger = new AlertMessenger(
            Sender, _outbox, records, Audit, new ChangeBoard(), _settings, new WorkGuard(Time, NullLogger<WorkGuard>.Instance), Time);
    }

    public ManualTime Time { get; } = new();

    public MailStandIn Mail { get; } = new();

    public RobotStandIn Robots { get; }

    public TestRecords Records { get; }

    public AuditTrail Audit { get; }

    public DataDirectory Data => _data;

    public RobotSecrets Secrets { get; }

    public MessageSender Sender { get; private set; }

    public AlertMessenger Messenger { get; }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<MessageDesk> OpenAsync(bool postgreSql = false)
    {
        TestRecords records = postgreSql ? await TestRecords.PostgreSqlAsync() : await TestRecords.SqliteAsync();
        await using (RecordsContext context = records.CreateDbContext())
        {
            await context.Database.MigrateAsync(Cancelled);
        }

        return new MessageDesk(records);
    }

    /// <summary>Another server, or the same after a restart.</summary>
    public MessageSender MakeSender() => new(
        Records, new MailDelivery(_mailServer), _delivery, Secrets,
        new MessageTexts(new SchoolBook(Records), Options.Create(new MediaSettings { PublicUrl = "https://xunke.example.cn" }), Time),
        _pace, _settings, Time, NullLogger<MessageSender>.Instance);

    /// <summary>Adds a person with a choice.</summary>
    public async Task AddReaderAsync(
        string name, Role role, string? schoolId, AlertSeverity least = AlertSeverity.Info, int? quietFrom = null, int? quietTo = null)
    {
        await using RecordsContext context = Records.CreateDbContext();
        var account = new Account { UserName = name, DisplayName = name, Role = role, SchoolId = schoolId };
        context.Users.Add(account);
        context.AlertChoices.Add(new AlertChoice
        {
            AccountId = account.Id,
            ByMail = true,
            Address = $"{name}@example.cn",
            Least = least,
            QuietFrom = quietFrom,
            QuietTo = quietTo,
        });
        await context.SaveChangesAsync(Cancelled);
    }

    /// <summary>Adds a robot to school s01.</summary>
    public async Task AddRobotAsync(AlertChannel channel, string? secret = RobotStandIn.Secret, string key = "k1")
    {
        await using RecordsContext context = Records.CreateDbContext();
        var id = Guid.NewGuid();
        context.AlertWebhooks.Add(new AlertWebhook
        {
            Id = id,
            SchoolId = "s01",
            Channel = channel,
            Name = $"{channel}",
            Target = Secrets.Protect(id, new Uri(Robots.AddressOf(channel, key)), secret),
            Least = AlertSeverity.Info,
            IsOn = true,
            ChangedBy = "administrator",
            ChangedAt = Time.GetUtcNow(),
        });
        await context.SaveChangesAsync(Cancelled);
    }

    /// <summary>Raises alerts of school s01, each in a room of its own, as the ledger does.</summary>
    public async Task<Guid[]> RaiseAsync(AlertSeverity severity, int count = 1)
    {
        AlertChange[] changes = [.. Enumerable.Range(0, count).Select(_ => ChangeOf(severity))];
        await WriteAsync(changes);
        return [.. changes.Select(change => change.Id)];
    }

    /// <summary>Writes changes of alerts with their messages.</summary>
    public Task WriteAsync(params AlertChange[] changes) => Audit.CommitAsync(async deed =>
        await _outbox.AddAsync(deed.Records, await AlertLedger.ApplyAsync(deed.Records, changes, TimeSpan.FromMinutes(10))));

    /// <summary>An alert that is raised in a room of its own.</summary>
    public AlertChange ChangeOf(AlertSeverity severity)
    {
        DateTimeOffset now = Time.GetUtcNow();
        var rule = AlertRules.Usual(AlertKind.RoomEmpty) with { Severity = severity };
        return new AlertChange(
            Guid.CreateVersion7(now), new AlertPlace("s01", $"s01-{100 + _rooms++}", AlertKind.RoomEmpty), now,
            new AlertEvidence(rule, now, null, null, null, 0, 40, null, null, null, null, null, null, null, null, null, []), default);
    }

    /// <summary>Lets time go by, with a pass each few seconds.</summary>
    public async Task PassAsync(TimeSpan length, int stepSeconds = 3)
    {
        DateTimeOffset end = Time.GetUtcNow() + length;
        do
        {
            await SendAsync();
            Time.Advance(TimeSpan.FromSeconds(stepSeconds));
        }
        while (Time.GetUtcNow() <= end);
    }

    /// <summary>One pass of the sender.</summary>
    public Task SendAsync() => Sender.SendDueAsync(Enum.GetValues<AlertChannel>(), Cancelled);

    /// <summary>All messages, the oldest first, with their tries and what they tell of.</summary>
    public async Task<List<AlertMessage>> MessagesAsync()
    {
        await using RecordsContext context = Records.CreateDbContext();
        return await context.AlertMessages.AsNoTracking().Include(one => one.Log).Include(one => one.Items)
            .OrderBy(one => one.MadeAt).ThenBy(one => one.Id).ToListAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        Messenger.Dispose();
        _delivery.Dispose();
        Robots.Dispose();
        await Mail.DisposeAsync();
        Audit.Dispose();
        _data.Dispose();
        await Records.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
