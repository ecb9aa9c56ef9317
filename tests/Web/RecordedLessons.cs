using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunke.Actors.Audit;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Streaming;
using Xunke.Streaming.Client;
using Xunke.Tests.Support;
using Xunke.Web.Media;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web;

/// <summary>Recordings on a running server: put there as they would lie after a lesson, or really made.</summary>
internal static class RecordedLessons
{
    /// <summary>Puts a recording that has ended on record, with one file of so many bytes.</summary>
    public static async Task<Recording> AddRecordingAsync(
        this RunningApp app, string roomId, string userName, int bytes = 5000, DateTimeOffset? from = null)
    {
        DateTimeOffset began = from ?? DateTimeOffset.UtcNow.AddHours(-1);
        var recording = new Recording
        {
            Id = Guid.NewGuid(),
            RoomId = roomId,
            SchoolId = roomId[..3],
            UserName = userName,
            DisplayName = userName,
            Reason = "听评课",
            Media = MediaKinds.Both,
            From = began,
            Until = began.AddMinutes(45),
            To = began.AddMinutes(40),
            LengthMilliseconds = 2_400_000,
            Bytes = bytes,
        };
        recording.Parts.Add(new StoredPart
        {
            Number = 1,
            OffsetMilliseconds = 0,
            LengthMilliseconds = 2_400_000,
            Bytes = bytes,
            VideoCodec = VideoCodec.H264,
            Width = 1280,
            Height = 720,
            HasSound = true,
        });
        RecordingFolders folders = app.Services.GetRequiredService<RecordingFolders>();
        folders.Create(recording.Id);
        await File.WriteAllBytesAsync(folders.Of(recording.Id, 1), Enumerable.Range(0, bytes).Select(i => (byte)i).ToArray());
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        records.Recordings.Add(recording);
        await records.SaveChangesAsync();
        return recording;
    }

    /// <summary>The recording as it is on record, or null.</summary>
    public static async Task<Recording?> StoredAsync(this RunningApp app, Guid recordingId)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<RecordsContext>().Recordings.AsNoTracking()
            .Include(recording => recording.Parts).SingleOrDefaultAsync(recording => recording.Id == recordingId);
    }

    /// <summary>What the audit trail says about a recording, in order.</summary>
    public static async Task<IReadOnlyList<(string UserName, string Action)>> AuditOfAsync(this RunningApp app, Guid recordingId)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        List<AuditEntry> lines = await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit.AsNoTracking()
            .Where(line => line.Subject.StartsWith(recordingId.ToString())).OrderBy(line => line.Id).ToListAsync();
        return [.. lines.Select(line => (line.UserName, line.Action))];
    }

    /// <summary>A camera that shows a class in a room until it is disposed.</summary>
    public static Camera ShowClass(this RunningApp app, string roomId) =>
        new(new Uri(app.Address, $"/whip/{roomId}"), app.Services.GetRequiredService<WhipKeys>().KeyOf(roomId));

    /// <summary>A camera.</summary>
    internal sealed class Camera : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly WhipPublisher _publisher;
        private readonly Task _running;

        public Camera(Uri url, string key)
        {
            var options = new WhipPublisherOptions { Url = url, Key = key, File = Clips.Front };
            _publisher = new WhipPublisher(options, TimeProvider.System, NullLoggerFactory.Instance);
            _running = _publisher.RunAsync(_stop.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await _publisher.DisposeAsync();
            _stop.Dispose();
        }
    }
}
