using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using QRCoder;
using Xunke.Actors.Books;
using Xunke.Actors.Timetable;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Schools;

namespace Xunke.Web.Timetable.Feeds;

/// <summary>
/// Addresses for calendar programs: made and revoked at <c>/api/timetable/feed</c>, read at <c>/calendar/{token}.ics</c> by whoever has
/// one.
/// </summary>
internal static class CalendarFeedsFeature
{
    private const string Limit = "calendar";
    private const string English = "en";

    // Programs ask every quarter of an hour or so, and a school's all come from one address.
    private const int ReadsPerMinute = 600;

    /// <summary>Whose address is meant; neither: the caller's own.</summary>
    internal sealed record WantedFeed(string? TeacherId, string? RoomId, string? Language);

    /// <summary>Whether there is an address, and since when; what it carries is shown once.</summary>
    internal sealed record FeedState(string Name, DateTimeOffset? MadeAt, string? MadeBy);

    /// <summary>An address that was made, for copying and as a QR code.</summary>
    internal sealed record FeedAddress(string Name, string Url, string Qr, DateTimeOffset MadeAt);

    public static void AddCalendarFeeds(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarFeeds>();
        builder.Services.AddSingleton<CalendarText>();
        builder.Services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddPolicy(Limit, context => RateLimitPartition.GetFixedWindowLimiter(
                ClientNetwork.Of(context.Connection.RemoteIpAddress),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = ReadsPerMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    public static void MapCalendarFeeds(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/timetable/feed").RequireAuthorization().WithTags("Timetable")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", LookAsync).WithSummary("Whether a teacher, a room or the caller has an address for calendars");
        group.MapPost("/", MakeAsync).WithSummary("Makes an address for calendars; the one before ends");
        group.MapDelete("/", RevokeAsync).WithSummary("Ends an address for calendars");
        app.MapGet("/calendar/{token}.ics", ReadAsync).AllowAnonymous().RequireRateLimiting(Limit).WithTags("Timetable")
            .WithSummary("The lessons of a teacher or a room as iCalendar (RFC 5545)")
            .Produces<string>(StatusCodes.Status200OK, "text/calendar")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }

    private static async Task<Results<Ok<FeedState>, ProblemHttpResult>> LookAsync(
        Caller caller, TimetableBook timetable, SchoolBook book, CalendarFeeds feeds, CancellationToken cancellationToken,
        string? teacherId = null, string? roomId = null)
    {
        if (Owner(caller, timetable, book, teacherId, roomId) is not { } owner)
        {
            return Problems.Forbidden();
        }

        CalendarFeed? feed = await feeds.FindAsync(owner, cancellationToken);
        return TypedResults.Ok(new FeedState(owner.Name, feed?.MadeAt, feed?.MadeBy));
    }

    private static async Task<Results<Created<FeedAddress>, ProblemHttpResult>> MakeAsync(
        WantedFeed wanted, HttpRequest request, Caller caller, TimetableBook timetable, SchoolBook book, CalendarFeeds feeds,
        IOptions<MediaSettings> media)
    {
        if (Owner(caller, timetable, book, wanted.TeacherId, wanted.RoomId) is not { } owner)
        {
            return Problems.Forbidden();
        }

        (string token, CalendarFeed feed) = await feeds.MakeAsync(caller, owner);
        string origin = media.Value.PublicUrl?.TrimEnd('/') ?? $"{request.Scheme}://{request.Host}";
        string url = $"{origin}/calendar/{token}.ics{(wanted.Language == English ? $"?lang={English}" : "")}";
        using var generator = new QRCodeGenerator();
        using QRCodeData data = generator.CreateQrCode(url, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(data);
        return TypedResults.Created((string?)null, new FeedAddress(owner.Name, url, picture.GetGraphic(4), feed.MadeAt));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Caller caller, TimetableBook timetable, SchoolBook book, CalendarFeeds feeds, string? teacherId = null, string? roomId = null)
    {
        if (Owner(caller, timetable, book, teacherId, roomId) is not { } owner)
        {
            return Problems.Forbidden();
        }

        await feeds.RevokeAsync(caller, owner);
        return TypedResults.NoContent();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        string token, HttpContext context, CalendarFeeds feeds, CalendarText text, CancellationToken cancellationToken, string? lang = null)
    {
        if (await feeds.FindAsync(token, cancellationToken) is not { } feed)
        {
            return Problems.NotFound("unknown-calendar", "日历地址无效，或已停用");
        }

        // A proxy must not keep it beyond a revocation.
        context.Response.Headers.CacheControl = "private, max-age=900";
        return TypedResults.Bytes(
            Encoding.UTF8.GetBytes(text.Of(feed, lang == English)), "text/calendar; charset=utf-8", "timetable.ics");
    }

    /// <summary>Whom an address is for; null: nobody whom the caller may make one for. Whether there is such a teacher or room is not
    /// told.</summary>
    private static FeedOwner? Owner(Caller caller, TimetableBook timetable, SchoolBook book, string? teacherId, string? roomId)
    {
        Teacher? own = timetable.Names.OfAccount(caller.UserName);
        if (roomId is not null)
        {
            return teacherId is null && book.FindRoom(roomId) is { } room && caller.May(Permission.ManageBooks, room.SchoolId)
                ? new FeedOwner(null, room.RoomId, room.Name)
                : null;
        }

        Teacher? teacher = teacherId is null ? own : timetable.Names.Teachers.GetValueOrDefault(teacherId);
        return teacher is not null && (teacher.Id == own?.Id || caller.May(Permission.ManageBooks, teacher.SchoolId))
            ? new FeedOwner(teacher.Id, null, teacher.Name)
            : null;
    }
}
