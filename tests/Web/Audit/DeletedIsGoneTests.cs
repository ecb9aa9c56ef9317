using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Lessons;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Retention;

namespace Xunke.Tests.Web.Audit;

/// <summary>What is deleted is in the database's file no more, and the file gives its space back.</summary>
public sealed class DeletedIsGoneTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-gone-");

    private string Database => Path.Combine(_data.FullName, "xunke.db");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task The_bytes_of_an_expired_lesson_are_found_nowhere()
    {
        byte[] samples = RandomNumberGenerator.GetBytes(200_000), sound = RandomNumberGenerator.GetBytes(9_000);
        var id = Guid.NewGuid();
        await using (RunningApp first = await RunningApp.StartAsync(_data.FullName))
        {
            await using AsyncServiceScope scope = first.Services.CreateAsyncScope();
            RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
            DateTimeOffset at = DateTimeOffset.UtcNow.AddDays(-40);
            records.Lessons.Add(new Lesson
            {
                Id = id,
                RoomId = "s01-101",
                SchoolId = "s01",
                From = at,
                To = at.AddMinutes(40),
                Ended = true,
                Enrolled = 40,
                Samples = samples,
                Sound = sound,
            });
            await records.SaveChangesAsync();
        }

        (Holds(samples) || Holds(sound)).ShouldBeTrue("it is there before");
        SqliteConnection.ClearAllPools();
        long size = new FileInfo(Database).Length;

        await using RunningApp second = await RunningApp.StartAsync(_data.FullName, "--Retention:SnapshotDays", "30");
        await second.Services.GetRequiredService<NightlyRun>().DeleteAsync(TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => Task.FromResult(!Holds(samples) && !Holds(sound)), TimeSpan.FromSeconds(120));
        await Eventually.TrueAsync(() => Task.FromResult(new FileInfo(Database).Length < size - 100_000), TimeSpan.FromSeconds(60));
        (await second.LinesAsync("retention.snapshots")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_of_an_older_version_is_made_anew_once()
    {
        await using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = WAL; CREATE TABLE Old (Id INTEGER)";
            await command.ExecuteNonQueryAsync();
        }

        (await SqliteFile.CanShrinkAsync(Database, TestContext.Current.CancellationToken)).ShouldBeFalse();
        await using RunningApp app = await RunningApp.StartAsync(_data.FullName);

        (await SqliteFile.CanShrinkAsync(Database, TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    // Any page's worth of it counts, from its middle: pages break it elsewhere than one might think.
    private bool Holds(byte[] content)
    {
        ReadOnlySpan<byte> sought = content.AsSpan(content.Length / 2, 64);
        foreach (string path in new[] { Database, Database + "-wal" })
        {
            if (File.Exists(path))
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                byte[] all = new byte[file.Length];
                // The server may cut the file short meanwhile.
                _ = file.ReadAtLeast(all, all.Length, throwOnEndOfStream: false);
                if (all.AsSpan().IndexOf(sought) >= 0)
                {
                    return true;
                }
            }
        }

        return false;
    }
}
