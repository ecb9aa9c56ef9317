using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Mail;

namespace Xunke.Tests.Web.Audit;

/// <summary>The trail's head of each day, in a folder and by mail, and what it shows later.</summary>
public sealed class HeadsTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xunke-heads-");
    private readonly AuditSettings _settings = new();
    private TestRecords _records = null!;
    private DataDirectory _data = null!;
    private AuditTrail _audit = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _records = await TestRecords.SqliteAsync();
        _data = DataDirectory.Open(_folder.FullName);
        _audit = new AuditTrail(_records, new AuditKeyFile(_data), new ManualTime());
        for (int i = 2; i <= 6; i++)
        {
            await _audit.RecordAsync("inspector", "visit.opened", $"room {i}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _audit.Dispose();
        _data.Dispose();
        await _records.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_day_has_one_head_that_is_never_replaced()
    {
        _settings.HeadFolder = Path.Combine(_folder.FullName, "elsewhere", "heads");
        AuditHeads heads = Heads();

        string path = (await heads.WriteAsync(Today, Cancelled)).ShouldNotBeNull();
        byte[] content = await File.ReadAllBytesAsync(path, Cancelled);
        await _audit.RecordAsync("inspector", "visit.opened", "room 7");
        (await heads.WriteAsync(Today, Cancelled)).ShouldBeNull();
        await heads.WriteAsync(Today.AddDays(1), Cancelled);

        (await File.ReadAllBytesAsync(path, Cancelled)).ShouldBe(content);
        Directory.EnumerateFiles(_settings.HeadFolder).Select(Path.GetFileName)
            .ShouldBe(["2026-11-30.json", "2026-12-01.json"], ignoreOrder: true);
        heads.Newest.ShouldBe("2026-12-01");
    }

    [Fact]
    public async Task It_shows_a_trail_whose_end_was_cut_off_and_one_that_was_made_anew_without_the_key()
    {
        string path = (await Heads().WriteAsync(Today, Cancelled)).ShouldNotBeNull();
        AuditHead head = JsonSerializer.Deserialize<AuditHead>(await File.ReadAllBytesAsync(path, Cancelled), Json.Options)!;
        (await _audit.VerifyAsync(Cancelled, head)).BrokenAt.ShouldBeNull();

        await _records.ExecuteAsync("DELETE FROM \"Audit\" WHERE \"Id\" > 4");
        (await _audit.VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull("without the head it is not seen");
        (await _audit.VerifyAsync(Cancelled, head)).Reason.ShouldBe("cut-off");

        await RewriteAsync();
        (await _audit.VerifyAsync(Cancelled, head)).BrokenAt.ShouldNotBeNull();
        await _audit.RecordAsync("inspector", "visit.opened", "room 8");
        (await _audit.VerifyAsync(Cancelled, head)).BrokenAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task It_is_mailed_as_a_file()
    {
        string path = (await Heads().WriteAsync(Today, Cancelled)).ShouldNotBeNull();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task<string> received = ReceiveAsync(listener);
        (_settings.MailHost, _settings.MailPort, _settings.MailTls) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, false);
        (_settings.MailFrom, _settings.MailTo) = ("xunke@example.cn", "it@example.cn");
        var mail = new HeadMail(
            Options.Create(_settings), new MailServer(Options.Create(new MailSettings()), Options.Create(_settings)));

        mail.Check();
        await mail.SendAsync(path, Cancelled);

        string text = await received;
        text.ShouldContain("RCPT TO:<it@example.cn>");
        text.ShouldContain("2026-11-30.json");
        string content = Convert.ToBase64String(await File.ReadAllBytesAsync(path, Cancelled));
        text.Replace("\r\n", "").ShouldContain(content);
    }

    /// <summary>What somebody does who can write the database and nothing else: a chain of plain hashes over what is left.</summary>
    private async Task RewriteAsync()
    {
        await using RecordsContext context = _records.CreateDbContext();
        string previous = AuditChain.Genesis;
        foreach (AuditEntry line in await context.Audit.AsNoTracking().OrderBy(line => line.Id).ToListAsync(Cancelled))
        {
            var plain = new AuditEntry
            {
                Id = line.Id,
                At = line.At,
                UserName = line.UserName,
                Action = line.Action,
                Subject = line.Subject,
            };
            plain.Hash = previous = AuditChain.HashOf(null, previous, plain);
            await context.Audit.Where(one => one.Id == line.Id).ExecuteDeleteAsync(Cancelled);
            context.Audit.Add(plain);
        }

        await context.SaveChangesAsync(Cancelled);
    }

    private AuditHeads Heads() => new(_audit, _data, Options.Create(_settings));

    /// <summary>As much of a mail server as one mail needs.</summary>
    private static async Task<string> ReceiveAsync(TcpListener listener)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(Cancelled);
        await using NetworkStream stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        var all = new StringBuilder();
        await writer.WriteLineAsync("220 ready");
        bool isData = false;
        while (await reader.ReadLineAsync(Cancelled) is { } line)
        {
            all.Append(line).Append("\r\n");
            if (isData && line != ".")
            {
                continue;
            }

            (isData, string answer) = line switch
            {
                "DATA" => (true, "354 go on"),
                "QUIT" => (false, "221 bye"),
                _ => (false, "250 ok"),
            };
            await writer.WriteLineAsync(answer);
        }

        return all.ToString();
    }
}
