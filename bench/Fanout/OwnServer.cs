using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Analytics.Models;
using Xunke.Web;
using Xunke.Web.Configuration;
using Xunke.Web.Live;
using Xunke.Web.Schools;

namespace Xunke.Bench.Fanout;

/// <summary>The whole server with the demo district, in a process of its own; a feed stands in for the cameras.</summary>
internal static class OwnServer
{
    private const string Password = "bench-of-the-district";

    /// <summary>Runs until standard input ends.</summary>
    public static async Task RunAsync(CancellationToken cancellationToken)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("xunke-bench-");
        try
        {
            await using WebApplication app = Server.Build(StartArguments.Parse(
            [
                "--urls", "http://127.0.0.1:0", "--data", data.FullName, "--Media:UdpPort", "0", "--Decoding:Workers",
                "1", "--Analysis:Workers", "1",
                "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
                "--Demo:Password", Password, "--Demo:Cameras", "false", "--Logging:LogLevel:Default", "Warning",
            ]));
            await app.StartAsync(cancellationToken);
            var address = new Uri(app.Urls.First());
            using var client = new HttpClient { BaseAddress = address };
            using HttpResponseMessage signedIn = await client.PostAsJsonAsync(
                "/api/session", new { userName = "inspector", password = Password }, cancellationToken);
            string cookie = signedIn.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie").First().Split(';')[0];
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task feed = new DistrictFeed(
                [.. app.Services.GetRequiredService<SchoolBook>().Schools.SelectMany(school => school.Rooms)
                    .Select(room => (room.RoomId, room.SchoolId))],
                app.Services.GetRequiredService<LiveBoard>()).RunAsync(stop.Token);
            Child.TellReady(new Uri(address, "/hubs/live"), cookie);
            await Console.In.ReadToEndAsync(cancellationToken);
            await stop.CancelAsync();
            await feed;
            await app.StopAsync(cancellationToken);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
