using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Tests.Support;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Audit;

/// <summary>Who signs in, out, and who is refused, without letting a guesser fill the trail.</summary>
public sealed class SignInLinesTests : IAsyncLifetime
{
    private RunningApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await RunningApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task A_refused_sign_in_is_told_at_once_and_the_next_ones_together()
    {
        for (int i = 0; i < 4; i++)
        {
            await GuessAsync("principal", HttpStatusCode.Unauthorized);
        }

        await GuessAsync("nobody-has-this-name", HttpStatusCode.Unauthorized);

        await Eventually.TrueAsync(async () => (await _app.LinesAsync(SignInRefusals.Refused)).Count >= 2, TimeSpan.FromSeconds(30));
        foreach (var line in await _app.LinesAsync(SignInRefusals.Refused))
        {
            line.UserName.ShouldBeOneOf("principal", "unknown");
            line.Subject.ShouldStartWith($"{line.UserName} from 127.0.0.1: ");
            line.Subject.ShouldNotContain("nobody-has-this-name");
        }

        using SignedIn someone = await _app.SignInAsync("inspector");
        (await someone.Http.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(
            async () => (await _app.LinesAsync("session.closed")).Any(line => line.UserName == "inspector"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Names_that_a_guesser_makes_up_do_not_fill_the_trail()
    {
        SignInRefusals refusals = _app.Services.GetRequiredService<SignInRefusals>();
        for (int i = 0; i < 5000; i++)
        {
            refusals.Note(i % 2 == 0 ? null : "administrator", new IPAddress([10, 0, (byte)(i >> 8), (byte)i]));
        }

        await refusals.StopAsync(TestContext.Current.CancellationToken);

        var lines = await _app.LinesAsync(SignInRefusals.Refused);
        lines.Count.ShouldBeInRange(1, 203);
        lines.Sum(line => int.Parse(line.Subject.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(5000);
    }

    private async Task GuessAsync(string userName, HttpStatusCode expected)
    {
        using HttpClient anyone = _app.Anonymous();
        using HttpResponseMessage answer = await anyone.PostAsJsonAsync("/api/session", new { userName, password = "not the password" });
        answer.StatusCode.ShouldBe(expected);
    }
}
