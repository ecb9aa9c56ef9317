using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Records;

namespace Xunke.Tests.Web.Identity;

/// <summary>Lists of people to choose from.</summary>
public abstract class KnownPersonTests(AppFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/alerts/people?schoolId=s01", "administrator")]
    [InlineData("/api/rectifications/start?schoolId=s01", "inspector")]
    public async Task An_account_whose_role_somebody_scribbled_on_keeps_nobody_else_from_the_list(string address, string caller)
    {
        string name = $"scribbled-{Guid.NewGuid():N}"[..20];
        await fixture.App.AddAccountAsync(name, Role.Principal, "s01");
        using SignedIn who = await fixture.App.SignInAsync(caller);
        (await NamesAsync(who, address)).ShouldContain(name);

        await ExecuteAsync($"""UPDATE "AspNetUsers" SET "Role" = 'nothing' WHERE "UserName" = {name}""");
        try
        {
            string?[] people = await NamesAsync(who, address);
            people.ShouldContain("principal");
            people.ShouldNotContain(name);
        }
        finally
        {
            await ExecuteAsync($"""DELETE FROM "AspNetUsers" WHERE "UserName" = {name}""");
        }
    }

    private static async Task<string?[]> NamesAsync(SignedIn who, string address)
    {
        JsonElement answer = await (await who.Http.GetAsync(address, Cancelled)).JsonAsync();
        JsonElement people = answer.ValueKind is JsonValueKind.Array ? answer : answer.GetProperty("people");
        return [.. people.EnumerateArray().Select(one => one.GetProperty("userName").GetString())];
    }

    private async Task ExecuteAsync(FormattableString sql)
    {
        await using AsyncServiceScope scope = fixture.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecordsContext>().Database.ExecuteSqlAsync(sql, Cancelled);
    }
}

[Collection(WebCollection.Name)]
public sealed class KnownPersonOnSqliteTests(AppFixture fixture) : KnownPersonTests(fixture);

[Collection(PostgreSqlWebCollection.Name)]
public sealed class KnownPersonOnPostgreSqlTests(PostgreSqlAppFixture fixture) : KnownPersonTests(fixture);
