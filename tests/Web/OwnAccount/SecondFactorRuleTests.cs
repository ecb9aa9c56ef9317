using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Xunke.Actors.Identity;

namespace Xunke.Tests.Web.OwnAccount;

/// <summary>Where the rule is set, an administrator without a second factor can set it up and do nothing else.</summary>
public sealed class SecondFactorRuleTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_sets_it_up_before_anything_else()
    {
        await using RunningApp app = await RunningApp.StartAsync(more: ["--Identity:AdministratorsNeedSecondFactor", "true"]);
        await app.AddAccountAsync("schoolAdministrator", Role.SchoolAdministrator, "s01");
        foreach (string user in (string[])["administrator", "schoolAdministrator"])
        {
            using SignedIn someone = await app.SignInAsync(user);
            (await MustAsync(someone)).ShouldBeTrue();
            foreach (string path in (string[])["/api/schools", "/api/accounts", "/api/session/data", "/api/admin/rooms?schoolId=s01"])
            {
                using HttpResponseMessage refused = await someone.Http.GetAsync(path, Cancelled);
                await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "second-factor-required");
            }

            await using HubConnection hub = someone.Build();
            await Should.ThrowAsync<WebSocketException>(() => hub.StartAsync(Cancelled));

            (byte[] secret, _) = await SecondFactorTests.SetUpAsync(someone);

            (await MustAsync(someone)).ShouldBeFalse();
            (await someone.Http.GetAsync("/api/accounts", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
            using HttpResponseMessage kept = await SecondFactorTests.RemoveAsync(someone, RunningApp.Password);
            await kept.ShouldBeProblem(HttpStatusCode.BadRequest, "second-factor-kept");
            secret.Length.ShouldBe(20);
        }

        using SignedIn inspector = await app.SignInAsync("inspector");
        (await MustAsync(inspector)).ShouldBeFalse();
        (await inspector.Http.GetAsync("/api/schools", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<bool> MustAsync(SignedIn someone) =>
        (await (await someone.Http.GetAsync("/api/session", Cancelled)).JsonAsync()).GetProperty("mustSetUpSecondFactor").GetBoolean();
}
