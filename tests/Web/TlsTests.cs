using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunke.Analytics.Models;
using Xunke.Tests.Streaming.Sdp;

namespace Xunke.Tests.Web;

/// <summary>TLS by Kestrel's own certificate settings, and by a proxy in front.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-tls-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task With_a_certificate_the_server_speaks_https_and_its_cookie_is_secure()
    {
        using X509Certificate2 certificate = MakeCertificate();
        await using RunningApp app = await RunningApp.StartAsync(more:
        [
            "--urls", "https://127.0.0.1:0",
            "--Kestrel:Certificates:Default:Path", Path.Combine(_folder.FullName, "server.crt"),
            "--Kestrel:Certificates:Default:KeyPath", Path.Combine(_folder.FullName, "server.key"),
        ]);
        using var browser = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        })
        { BaseAddress = app.Address };

        using HttpResponseMessage signedIn =
            await browser.PostAsJsonAsync("/api/session", new { userName = "administrator", password = RunningApp.Password });
        JsonElement rooms = await (await browser.GetAsync("/api/admin/rooms?schoolId=s01")).JsonAsync();

        app.Address.Scheme.ShouldBe("https");
        foreach (string cookie in signedIn.Headers.GetValues("Set-Cookie"))
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
        }

        signedIn.Headers.Contains("Strict-Transport-Security")
            .ShouldBeFalse("a browser that remembers it for this machine refuses whatever else runs here");
        rooms[0].GetProperty("whipUrl").GetString()!.ShouldStartWith(app.Address.GetLeftPart(UriPartial.Authority) + "/whip/");
    }

    [Fact]
    public async Task Behind_a_known_proxy_that_ends_tls_cookies_are_secure_and_links_are_the_proxys()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using HttpClient proxy = app.Anonymous();
        proxy.DefaultRequestHeaders.Host = "xunke.example.cn";
        proxy.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        proxy.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using HttpResponseMessage signedIn =
            await proxy.PostAsJsonAsync("/api/session", new { userName = "administrator", password = RunningApp.Password });
        // A browser sends it, because for the browser it is https.
        proxy.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        JsonElement rooms = await (await proxy.GetAsync("/api/admin/rooms?schoolId=s01")).JsonAsync();
        JsonElement room = rooms.EnumerateArray().First(one => one.GetProperty("roomId").GetString() == "s01-101");
        proxy.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", room.GetProperty("key").GetString());
        using var offer = new StringContent(Offers.ChromiumPublisher, new MediaTypeHeaderValue("application/sdp"));
        using HttpResponseMessage published = await proxy.PostAsync("/whip/s01-101", offer);

        signedIn.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.Ordinal));
        signedIn.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldBe("max-age=15552000");
        room.GetProperty("whipUrl").GetString().ShouldBe("https://xunke.example.cn/whip/s01-101");
        // Relative to what the client asked for (RFC 9110 10.2.2), so it is right whatever stands in between.
        published.Headers.Location!.ToString().ShouldStartWith("/whip/s01-101/");
    }

    [Fact]
    public async Task What_a_stranger_writes_into_the_proxys_headers_is_not_believed()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Proxy:Known:0", "192.0.2.1", "--Proxy:Known:1", "192.0.2.0/24"]);
        using HttpClient stranger = app.Anonymous();
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        stranger.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using HttpResponseMessage signedIn =
            await stranger.PostAsJsonAsync("/api/session", new { userName = "inspector", password = RunningApp.Password });

        signedIn.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => !cookie.Contains("secure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("没有证书", "--urls", "https://127.0.0.1:0")]
    [InlineData("missing.crt", "--urls", "https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path", "/nowhere/missing.crt")]
    [InlineData("10.0.0.300", "--urls", "http://127.0.0.1:0", "--Proxy:Known:0", "10.0.0.300")]
    public async Task A_start_without_what_tls_needs_is_one_clear_line_and_exit_code_2(string mentions, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "xunke"))
        { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] all =
        [
            "--data", Path.Combine(_folder.FullName, "data"), "--Media:UdpPort", "0", "--Demo:Cameras", "false", "--Decoding:Workers", "1",
            "--Analysis:ModelDirectory", ModelStore.SharedCacheDirectory, .. arguments,
        ];
        Array.ForEach(all, start.ArgumentList.Add);
        using Process server = Process.Start(start)!;
        string error = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        server.ExitCode.ShouldBe(2, error);
        error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain(mentions);
    }

    /// <summary>A self-made certificate for the loopback address, as PEM files beside it.</summary>
    private X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=xunke.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(_folder.FullName, "server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "server.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
