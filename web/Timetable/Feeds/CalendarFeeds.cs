using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Timetable;
using Xunke.Web.Audit;
using Xunke.Web.Identity;

namespace Xunke.Web.Timetable.Feeds;

/// <summary>Whose lessons a calendar reads: a teacher's or a room's.</summary>
/// <param name="TeacherId">The teacher; null: it is a room.</param>
/// <param name="RoomId">The room; null: it is a teacher.</param>
/// <param name="Name">What people call it.</param>
internal sealed record FeedOwner(string? TeacherId, string? RoomId, string Name)
{
    /// <summary>As the audit trail tells of it.</summary>
    public string Subject => TeacherId is null ? $"room {RoomId}" : $"teacher {TeacherId}";
}

/// <summary>The addresses at which calendars read weeks. Whoever has one needs no account.</summary>
internal sealed class CalendarFeeds(IDbContextFactory<RecordsContext> records, AuditTrail audit, TimeProvider time)
{
    private const int LongestToken = 100;

    /// <summary>The address of a teacher or a room, without what it carries; null: there is none.</summary>
    public async Task<CalendarFeed?> FindAsync(FeedOwner owner, CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        return await Of(context, owner).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What a token is for; null: it is none of ours, or has been revoked, or who made it has been locked or deleted.</summary>
    public async Task<CalendarFeed?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length is 0 or > LongestToken)
        {
            return null;
        }

        string digest = LinkToken.DigestOf(token);
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        // A lock for wrong passwords lasts minutes, one by an administrator for ever.
        DateTimeOffset forEver = DateTimeOffset.MaxValue;
        return await context.CalendarFeeds.AsNoTracking()
            .Where(feed => feed.Digest == digest)
            .Where(feed => context.Users.Any(
                account => account.UserName == feed.MadeBy && account.LockoutEnd != forEver))
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes an address, in place of the one that there may be.</summary>
    /// <returns>What it carries; nobody can find it out later.</returns>
    public async Task<(string Token, CalendarFeed Feed)> MakeAsync(Caller caller, FeedOwner owner)
    {
        string token = LinkToken.Make();
        var feed = new CalendarFeed
        {
            Digest = LinkToken.DigestOf(token),
            TeacherId = owner.TeacherId,
            RoomId = owner.RoomId,
            MadeBy = caller.UserName,
            MadeAt = time.GetUtcNow(),
        };
        await audit.CommitAsync(async deed =>
        {
            await Of(deed.Records, owner).ExecuteDeleteAsync();
            deed.Records.CalendarFeeds.Add(feed);
            deed.Tell(caller.UserName, "calendar.made", owner.Subject);
        });
        return (token, feed);
    }

    /// <summary>Ends an address at once; harmless where there is none.</summary>
    public Task RevokeAsync(Caller caller, FeedOwner owner) => audit.CommitAsync(async deed =>
    {
        if (await Of(deed.Records, owner).ExecuteDeleteAsync() > 0)
        {
            deed.Tell(caller.UserName, "calendar.revoked", owner.Subject);
        }
    });

    private static IQueryable<CalendarFeed> Of(RecordsContext context, FeedOwner owner) => owner.TeacherId is { } teacher
        ? context.CalendarFeeds.Where(feed => feed.TeacherId == teacher)
        : context.CalendarFeeds.Where(feed => feed.RoomId == owner.RoomId);
}
