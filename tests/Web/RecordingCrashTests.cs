using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunke.Analytics.Models;
using Xunke.Tests.Streaming.Recording;
using Xunke.Tests.Support;

namespace Xunke.Tests.Web;

/// <summary>The program itself is killed while it records, and started again.</summary>
public sealed class RecordingCrashTests : IDisposable
{
    private const string Room = "s01-101";

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-crash-");
    private readonly int _port = FreePort();
    private readonly CookieContainer _cookies = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Killed_while_it_records_the_server_has_lost_no_more_than_five_seconds_and_goes_on_when_the_room_is_live_again()
    {
        using var http =
            new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        http.DefaultRequestHeaders.Add("Origin", $"http://127.0.0.1:{_port}");
        using Process first = await StartAsync(http);
        Guid id;
        double recorded;
        try
        {
            await SignInAsync(http);
            await using RecordedLessons.Camera camera = await ShowClassAsync(http);
            JsonElement begun = await (await http.PostAsJsonAsync($"/api/rooms/{Room}/recording", new { reason = "公开课" })).JsonAsync();
            id = begun.GetProperty("recording").GetProperty("recordingId").GetGuid();
            await Eventually.TrueAsync(async () => await LengthAsync(http, id) > 8000, TimeSpan.FromSeconds(120));
            recorded = await LengthAsync(http, id);
            first.Kill();
            await first.WaitForExitAsync();
        }
        finally
        {
            first.Kill(entireProcessTree: true);
        }

        using Process second = await StartAsync(http);
        try
        {
            await SignInAsync(http);
            JsonElement lasting = await ListedAsync(http, id);
            lasting.GetProperty("faults").EnumerateArray().Select(fault => fault.GetString()).ShouldContain("interrupted");
            lasting.GetProperty("to").ValueKind.ShouldBe(JsonValueKind.Null);
            double kept = lasting.GetProperty("lengthMilliseconds").GetDouble();
            kept.ShouldBeGreaterThan(recorded - 5000);

            await using (await ShowClassAsync(http))
            {
                await Eventually.TrueAsync(async () => await LengthAsync(http, id) > kept + 3000, TimeSpan.FromSeconds(120));
                (await http.DeleteAsync($"/api/rooms/{Room}/recording")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            }

            JsonElement played = await (await http.PostAsync($"/api/recordings/{id}/plays", null)).JsonAsync();
            JsonElement[] parts = [.. played.GetProperty("parts").EnumerateArray()];
            parts.Length.ShouldBeGreaterThanOrEqualTo(2);
            for (int i = 0; i < parts.Length; i++)
            {
                double offset = parts[i].GetProperty("offsetMilliseconds").GetDouble(),
                    length = parts[i].GetProperty("lengthMilliseconds").GetDouble();
                (i + 1 == parts.Length || parts[i + 1].GetProperty("offsetMilliseconds").GetDouble() >= offset + length)
                    .ShouldBeTrue($"{played}");
                string copy = Path.Combine(_data.FullName, $"copy{i}.mkv");
                await File.WriteAllBytesAsync(copy, await http.GetByteArrayAsync(parts[i].GetProperty("url").GetString()));
                await MediaProbe.ShouldDecodeAsync(copy);
                (await MediaProbe.LengthAsync(copy)).ShouldBe(length / 1000, 0.01);
            }
        }
        finally
        {
            second.Kill(entireProcessTree: true);
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<RecordedLessons.Camera> ShowClassAsync(HttpClient http)
    {
        JsonElement room = (await (await http.GetAsync("/api/admin/rooms?schoolId=s01")).JsonAsync()).EnumerateArray()
            .Single(room => room.GetProperty("roomId").GetString() == Room);
        return new RecordedLessons.Camera(new Uri(http.BaseAddress!, $"/whip/{Room}"), room.GetProperty("key").GetString()!);
    }

    private static async Task<JsonElement> ListedAsync(HttpClient http, Guid id) =>
        (await (await http.GetAsync("/api/recordings")).JsonAsync()).EnumerateArray()
            .Single(recording => recording.GetProperty("recordingId").GetGuid() == id);

    private static async Task<double> LengthAsync(HttpClient http, Guid id) =>
        (await ListedAsync(http, id)).GetProperty("lengthMilliseconds").GetDouble();

    private static async Task SignInAsync(HttpClient http)
    {
        using HttpResponseMessage answer =
            await http.PostAsJsonAsync("/api/session", new { userName = "administrator", password = RunningApp.Password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Process> StartAsync(HttpClient http)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "xunke"),
        [
            "--urls", $"http://127.0.0.1:{_port}", "--data", Path.Combine(_data.FullName, "data"), "--Media:UdpPort", "0",
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory,
            "--Demo:Cameras", "false", "--Demo:Password", RunningApp.Password, "--Decoding:Workers", "1",
            "--Recording:AlertFreeGigabytes", "0", "--Recording:StopFreeGigabytes", "0",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        Process server = Process.Start(start)!;
        server.OutputDataReceived += (_, _) => { };
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        await Eventually.TrueAsync(
            async () =>
            {
                server.HasExited.ShouldBeFalse("the server ended");
                try
                {
                    using HttpResponseMessage ready = await http.GetAsync("/health/ready");
                    return ready.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(90));
        return server;
    }
}
