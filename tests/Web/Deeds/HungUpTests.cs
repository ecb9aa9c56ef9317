using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Recordings;
using Xunke.Tests.Support;
using Xunke.Web.Recordings;

namespace Xunke.Tests.Web.Deeds;

/// <summary>Browsers that hang up over a real connection while the server works for them.</summary>
public sealed class HungUpTests : IAsyncLifetime
{
    private RunningApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Of_thirty_deletions_whose_browser_resets_the_connection_each_is_whole()
    {
        using SignedIn administrator = await _app.SignInAsync("administrator");
        string cookie = administrator.Cookies.GetCookieHeader(_app.Address);
        List<Recording> recordings = [];
        for (int i = 0; i < 30; i++)
        {
            recordings.Add(await _app.AddRecordingAsync("s01-101", "inspector", 1000));
        }

        for (int i = 0; i < recordings.Count; i++)
        {
            await DeleteAndResetAsync(recordings[i].Id, cookie, TimeSpan.FromMilliseconds(i % 15 * 3));
        }

        // Whatever is still being done is done before this: deeds have turns.
        await Task.Delay(TimeSpan.FromSeconds(1));
        (await administrator.Http.GetAsync("/api/admin/rooms?schoolId=s01")).StatusCode.ShouldBe(HttpStatusCode.OK);
        RecordingFolders folders = _app.Services.GetRequiredService<RecordingFolders>();
        foreach (Recording recording in recordings)
        {
            await Eventually.TrueAsync(
                async () =>
                    await _app.StoredAsync(recording.Id) is null != Directory.Exists(folders.Of(recording.Id)), TimeSpan.FromSeconds(30));
            bool gone = await _app.StoredAsync(recording.Id) is null;
            (await _app.AuditOfAsync(recording.Id)).Count.ShouldBe(gone ? 1 : 0);
        }
    }

    private async Task DeleteAndResetAsync(Guid recordingId, string cookie, TimeSpan after)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, _app.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"DELETE /api/recordings/{recordingId} HTTP/1.1\r\nHost: {_app.Address.Authority}\r\nCookie: {cookie}\r\nContent-Length: 0\r\n\r\n"));
        await Task.Delay(after);
        // A reset, not a polite end.
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
