using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Xunke.Web.Audit;
using Xunke.Web.Clock;
using Xunke.Web.Configuration;
using Xunke.Web.Identity;

namespace Xunke.Web.Retention;

/// <summary>What is kept for how long, and what the last runs deleted: <c>/api/admin/retention</c>.</summary>
internal static class RetentionFeature
{
    /// <summary>A kind of record.</summary>
    /// <param name="Kind">
    /// <c>recordings</c>, <c>samples</c>, <c>sound</c>, <c>stills</c>, <c>snapshots</c>, <c>visits</c>, <c>alerts</c>,
    /// <c>rectifications</c>, <c>looks</c> or <c>audit</c>.
    /// </param>
    /// <param name="Days">Days that it is kept; 0: for ever.</param>
    /// <param name="Last">The last deletion in the last sixty days.</param>
    internal sealed record KindView(string Kind, int Days, Deleted? Last);

    /// <summary>What is kept.</summary>
    /// <param name="At">When the nightly run begins, such as 02:30.</param>
    /// <param name="Zone">The time zone of that.</param>
    /// <param name="NextAt">The next time.</param>
    /// <param name="LastAt">When the last run ended; null: none has in the last sixty days.</param>
    /// <param name="Held">Whether nothing is deleted because the clock is not believed.</param>
    /// <param name="Kinds">Each kind of record.</param>
    /// <param name="NewestHead">The newest day with a sealed head of the trail, such as 2026-11-30; null: none.</param>
    /// <param name="MailsHead">Whether heads are mailed, too.</param>
    internal sealed record RetentionView(
        string At, string Zone, DateTimeOffset NextAt, DateTimeOffset? LastAt, bool Held, IReadOnlyList<KindView> Kinds, string? NewestHead,
        bool MailsHead);

    public static void AddRetention(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IKeptKind, KeptRecordings>();
        builder.Services.AddSingleton<IKeptKind, KeptSamples>();
        builder.Services.AddSingleton<IKeptKind, KeptSound>();
        builder.Services.AddSingleton<IKeptKind, KeptStills>();
        builder.Services.AddSingleton<IKeptKind, KeptLessons>();
        builder.Services.AddSingleton<IKeptKind, KeptVisits>();
        builder.Services.AddSingleton<IKeptKind, KeptAlerts>();
        builder.Services.AddSingleton<IKeptKind, KeptRectifications>();
        builder.Services.AddSingleton<IKeptKind, KeptLooks>();
        builder.Services.AddSingleton<IKeptKind, KeptAuditLines>();
        builder.Services.AddSingleton<RetentionRun>();
        builder.Services.AddSingleton<RetentionLog>();
        builder.Services.AddSingleton<NightlyRun>();
        builder.Services.AddHostedService(services => services.GetRequiredService<NightlyRun>());
    }

    public static void MapRetention(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/admin/retention", ReadAsync).Require(Permission.ReadAudit).WithTags("Administration")
            .WithSummary("How long each kind of record is kept, and what the nightly run deleted")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static async Task<Ok<RetentionView>> ReadAsync(
        NightlyRun nightly,
        RetentionLog log,
        AuditHeads heads,
        HeadMail mail,
        ClockWatch clock,
        IEnumerable<IKeptKind> kinds,
        IOptions<RetentionSettings> settings,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        (DateTimeOffset? end, IReadOnlyDictionary<string, Deleted> deleted) = await log.ReadAsync(now, cancellationToken);
        return TypedResults.Ok(new RetentionView(
            settings.Value.At,
            time.LocalTimeZone.Id,
            nightly.Nights.NextAfter(now),
            end,
            !clock.MayDelete,
            [.. kinds.Select(kind => new KindView(kind.Name, settings.Value.DaysOf(kind.Name), deleted.GetValueOrDefault(kind.Name)))],
            heads.Newest,
            mail.IsOn));
    }
}
