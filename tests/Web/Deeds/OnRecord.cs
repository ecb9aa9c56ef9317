using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Books;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Audit;
using Xunke.Web.Cameras;
using Xunke.Web.Hosting;
using Xunke.Web.Recordings;
using Xunke.Web.Schools;
using Xunke.Web.Visits;

namespace Xunke.Tests.Web.Deeds;

/// <summary>Compares what a server has on record, in its audit trail, in memory and on the disk.</summary>
internal static class OnRecord
{
    /// <summary>No deed without a line, no line without a deed, and memory as the record says.</summary>
    public static async Task ShouldAgreeAsync(this RunningApp app, string after)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        List<AuditEntry> lines = await records.Audit.AsNoTracking().OrderBy(line => line.Id).ToListAsync();
        AgreeOnVisits(app, await records.Visits.AsNoTracking().ToListAsync(), lines, after);
        AgreeOnRecordings(app, await records.Recordings.AsNoTracking().ToListAsync(), lines, after);
        AgreeOnRooms(app, await records.Rooms.AsNoTracking().ToListAsync(), lines, after);
        AgreeOnPolicy(app, await records.VisitPolicy.AsNoTracking().SingleAsync(), lines, after);
        (await app.Services.GetRequiredService<AuditTrail>().VerifyAsync(CancellationToken.None)).BrokenAt.ShouldBeNull(after);
    }

    private static void AgreeOnVisits(RunningApp app, List<Visit> visits, List<AuditEntry> lines, string after)
    {
        Ids(lines, "visit.opened").ShouldBe(visits.Select(visit => visit.Id), ignoreOrder: true, after);
        Ids(lines, "visit.closed", "visit.closed-at-start")
            .ShouldBe(visits.Where(visit => visit.To is not null).Select(visit => visit.Id), ignoreOrder: true, after);
        app.Services.GetRequiredService<OpenVisits>().All.Select(visit => visit.Visit.Id)
            .ShouldBe(visits.Where(visit => visit.To is null).Select(visit => visit.Id), ignoreOrder: true, after);
    }

    private static void AgreeOnRecordings(RunningApp app, List<Recording> recordings, List<AuditEntry> lines, string after)
    {
        Guid[] deleted = [.. Ids(lines, "recording.deleted")];
        deleted.Length.ShouldBe(deleted.Distinct().Count(), after);
        Ids(lines, "recording.started").Except(deleted).ShouldBe(recordings.Select(one => one.Id), ignoreOrder: true, after);
        Ids(lines, "recording.stopped").Except(deleted)
            .ShouldBe(recordings.Where(one => one.To is not null).Select(one => one.Id), ignoreOrder: true, after);
        app.Services.GetRequiredService<ActiveRecordings>().All.Select(one => one.Record.Id)
            .ShouldBe(recordings.Where(one => one.To is null).Select(one => one.Id), ignoreOrder: true, after);
        RecordingFolders folders = app.Services.GetRequiredService<RecordingFolders>();
        Directory.EnumerateDirectories(folders.Root).Select(path => Guid.Parse(Path.GetFileName(path)))
            .ShouldBe(recordings.Select(one => one.Id), ignoreOrder: true, after);
    }

    private static void AgreeOnRooms(RunningApp app, List<Room> rooms, List<AuditEntry> lines, string after)
    {
        SchoolBook book = app.Services.GetRequiredService<SchoolBook>();
        CameraBook cameras = app.Services.GetRequiredService<CameraBook>();
        MonitoringHost monitoring = app.Services.GetRequiredService<MonitoringHost>();
        ILookup<string, string> told = lines.ToLookup(line => line.Subject.Split(' ')[0], line => line.Action);
        foreach (Room room in rooms)
        {
            int rotated = told[room.Id].Count(action => action == "key.rotated");
            room.KeyVersion.ShouldBe(1 + rotated, after);
            book.KeyVersion(room.Id).Version.ShouldBe(1 + rotated, after);
            bool hasCamera = told[room.Id].LastOrDefault(action => action is "camera.set" or "camera.removed") == "camera.set";
            (room.Camera is not null).ShouldBe(hasCamera, after);
            (cameras.Find(room.Id) is not null).ShouldBe(hasCamera, after);
            monitoring.Running.Areas.Find(room.Id).Version.ShouldBe(
                told[room.Id].Count(action => action is "areas.drawn" or "areas.removed"), after);
        }
    }

    private static void AgreeOnPolicy(RunningApp app, VisitPolicy stored, List<AuditEntry> lines, string after)
    {
        MediaKinds[] allowed =
            [.. new[] { (stored.Both, MediaKinds.Both), (stored.VideoOnly, MediaKinds.Video), (stored.AudioOnly, MediaKinds.Audio) }
            .Where(way => way.Item1).Select(way => way.Item2)];
        app.Services.GetRequiredService<ListeningPolicy>().Allowed.ToArray().ShouldBe(allowed, after);
        string told = lines.FindLast(line => line.Action == "visit-policy.changed")?.Subject ?? "both video audio";
        string.Join(' ', allowed.Select(way => way.ToString().ToLowerInvariant())).ShouldBe(told, after);
    }

    private static IEnumerable<Guid> Ids(List<AuditEntry> lines, params string[] actions) =>
        lines.Where(line => actions.Contains(line.Action)).Select(line => Guid.Parse(line.Subject.Split(' ')[0]));
}
