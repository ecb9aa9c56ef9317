using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Rectifications;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using static Xunke.Tests.Web.Rectifications.Notices;

namespace Xunke.Tests.Web.Rectifications;

/// <summary>Any acts in any order, with restarts between them, leave a notice in a state that a model of it has too.</summary>
public sealed class RectificationOrderTests : IDisposable
{
    private const int Acts = 60;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-rectifications-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Any_order_of_acts_with_restarts_keeps_numbers_and_history(bool postgreSql, int seed)
    {
        string[] database = postgreSql ? ["--database", await SharedPostgres.MakeDatabaseAsync()] : [];
        var random = new Random(seed);
        var known = new List<Known>();
        int given = 0;
        for (int start = 0; start < 3; start++)
        {
            await using RunningApp app = await RunningApp.StartAsync(_data.FullName, database);
            using SignedIn inspector = await app.SignInAsync("inspector"), principal = await app.SignInAsync("principal");
            // Whatever was said before the restart is still so, word for word.
            foreach (Known one in known)
            {
                (await ReadAsync(inspector, one.Id)).GetProperty("events").ToString().ShouldBe(one.History);
            }

            for (int act = 0; act < Acts / 3; act++)
            {
                if (known.Count == 0 || random.Next(8) == 0)
                {
                    Guid id = await IssueAsync(inspector);
                    JsonElement issued = await ReadAsync(inspector, id);
                    issued.GetProperty("notice").Text("number").ShouldBe($"{Today.Year}-s01-{++given:000}");
                    known.Add(new Known(id) { History = issued.GetProperty("events").ToString() });
                    continue;
                }

                await ActAsync(known[random.Next(known.Count)], random, inspector, principal);
            }

            (await app.Services.GetRequiredService<AuditTrail>().VerifyAsync(Cancelled)).BrokenAt.ShouldBeNull();
        }

        known.Select(one => one.State).Distinct().Count().ShouldBeGreaterThan(2, "the acts reach different states");
    }

    private static async Task ActAsync(Known one, Random random, SignedIn inspector, SignedIn principal)
    {
        bool isRight = random.Next(2) == 0, again = random.Next(2) == 0;
        (RectificationStep step, Task<HttpResponseMessage> asked) = random.Next(8) switch
        {
            0 or 1 or 2 => (RectificationStep.Answered, Notices.ActAsync(principal, one.Id, "answer")),
            3 => (RectificationStep.Reported, Notices.ActAsync(inspector, one.Id, "report")),
            4 when random.Next(3) == 0 => (RectificationStep.Withdrawn, Notices.ActAsync(inspector, one.Id, "withdrawal")),
            _ => (
                !isRight ? RectificationStep.Returned
                    : one.State == "recheck" ? RectificationStep.Confirmed : RectificationStep.Accepted,
                JudgeAsync(inspector, one.Id, isRight, recheckOn: again ? Today : null)),
        };
        HttpResponseMessage answer = await asked;
        string? next = (one.State, step) switch
        {
            ("issued", RectificationStep.Answered) => "answered",
            ("answered", RectificationStep.Accepted) => again ? "recheck" : "closed",
            ("answered" or "recheck", RectificationStep.Returned) => "issued",
            ("recheck", RectificationStep.Confirmed) => "closed",
            ("issued" or "answered" or "recheck", RectificationStep.Withdrawn) => "withdrawn",
            (not "withdrawn", RectificationStep.Reported) => one.State,
            _ => null,
        };
        answer.StatusCode.ShouldBe(next is null ? HttpStatusCode.Conflict : HttpStatusCode.OK, $"{one.State} {step}");
        JsonElement now = await ReadAsync(inspector, one.Id);
        string history = now.GetProperty("events").ToString();
        if (next is null)
        {
            history.ShouldBe(one.History, "what is refused leaves nothing");
            now.State().ShouldBe(one.State);
            return;
        }

        // What was there before stands unchanged before the one new event.
        history.ShouldStartWith(one.History[..^1]);
        JsonElement[] events = [.. now.GetProperty("events").EnumerateArray()];
        events.Select(happened => happened.GetProperty("number").GetInt32()).ShouldBe(Enumerable.Range(1, events.Length));
        events[^1].Text("step").ShouldBe(JsonNamingPolicy.CamelCase.ConvertName(step.ToString()));
        now.GetProperty("version").GetInt32().ShouldBe(events.Length);
        now.GetProperty("notice").GetProperty("round").GetInt32()
            .ShouldBe(1 + events.Count(happened => happened.Text("step") == "returned"));
        now.State().ShouldBe(next);
        (one.State, one.History) = (next, history);
    }

    private sealed record Known(Guid Id)
    {
        public string State { get; set; } = "issued";

        public required string History { get; set; }
    }
}
