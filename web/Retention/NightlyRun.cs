using System.Globalization;
using Microsoft.Extensions.Options;
using Xunke.Web.Audit;
using Xunke.Web.Clock;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting.Work;

namespace Xunke.Web.Retention;

/// <summary>
/// Once a night deletes what is too old, and writes the trail's sealed head. A server that was off at that time does it soon
/// after its start. While the clock is not believed nothing is deleted; the head is written all the same.
/// </summary>
internal sealed class NightlyRun(
    IEnumerable<IKeptKind> kinds,
    RetentionRun run,
    RetentionLog log,
    AuditTrail audit,
    AuditHeads heads,
    HeadMail mail,
    ClockWatch clock,
    IConfiguration configuration,
    IOptions<RetentionSettings> settings,
    WorkGuard guard,
    TimeProvider time) : PeriodicWork("retention", TimeSpan.FromSeconds(30), guard, time)
{
    // Rooms and cameras come first after a start.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    private static readonly (string Old, string New)[] Renamed =
    [
        ("Recording:RetentionDays", nameof(RetentionSettings.RecordingDays)),
        ("Lessons:RetentionDays", $"{nameof(RetentionSettings.SnapshotDays)} / {nameof(RetentionSettings.SampleDays)}"),
    ];

    private readonly long _startedAt = time.GetTimestamp();
    private Nights? _nights;
    private DateTimeOffset? _lastEnd;
    private string? _unsent;

    /// <summary>When it is due.</summary>
    /// <exception cref="StartupException">The setting is no time of day.</exception>
    public Nights Nights => _nights ??=
        TimeOnly.TryParseExact(settings.Value.At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly at)
            ? new Nights(at, Time.LocalTimeZone)
            : throw new StartupException($"每晚清理的时间应写作 02:30 a time is written 02:30 (--Retention:At): {settings.Value.At}");

    /// <summary>Deletes what is too old of every kind, also where that fails for another kind.</summary>
    /// <exception cref="InvalidOperationException">It failed for some; the next pass tries again.</exception>
    internal async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var counts = new List<string>();
        foreach (IKeptKind kind in kinds)
        {
            long count = 0;
            if (await Guard.TryAsync(
                RetentionRun.Action + kind.Name,
                async token => count = await run.RunAsync(kind, settings.Value.DaysOf(kind.Name), token),
                cancellationToken))
            {
                counts.Add(string.Create(CultureInfo.InvariantCulture, $"{kind.Name} {count}"));
            }
        }

        if (counts.Count < kinds.Count())
        {
            throw new InvalidOperationException("Not everything that is too old was deleted.");
        }

        await audit.RecordAsync(AuditTrail.System, RetentionLog.Finished, string.Join(", ", counts));
        _lastEnd = Time.GetUtcNow();
    }

    /// <summary>Writes the head of a day where there is none, and mails it.</summary>
    internal async Task TellHeadAsync(DateOnly day, CancellationToken cancellationToken)
    {
        _unsent = await heads.WriteAsync(day, cancellationToken) ?? _unsent;
        if (_unsent is { } path && mail.IsOn)
        {
            await mail.SendAsync(path, cancellationToken);
        }

        _unsent = null;
    }

    /// <inheritdoc />
    protected override void Configure()
    {
        _ = Nights;
        mail.Check();
        foreach ((string old, string now) in Renamed)
        {
            if (configuration[old] is not null)
            {
                throw new StartupException($"设置 {old} 已改为 the setting is now Retention:{now} (docs/retention.md)");
            }
        }
    }

    /// <summary>Does what is due now.</summary>
    internal async Task WorkAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = Time.GetUtcNow();
        (DateOnly date, DateTimeOffset due) = Nights.LastBy(now);
        if (_lastEnd is null || _lastEnd > now)
        {
            _lastEnd = await log.LastEndAsync(now, cancellationToken);
        }

        if ((_lastEnd is null || _lastEnd < due) && clock.MayDelete)
        {
            await Guard.TryAsync("retention.run", DeleteAsync, cancellationToken);
        }

        await Guard.TryAsync("audit.head", token => TellHeadAsync(date, token), cancellationToken);
    }

    /// <inheritdoc />
    protected override Task PassAsync(CancellationToken cancellationToken) =>
        Time.GetElapsedTime(_startedAt) < Settling ? Task.CompletedTask : WorkAsync(cancellationToken);
}
