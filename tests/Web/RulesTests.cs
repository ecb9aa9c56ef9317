using System.Text.Json;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Tests.Web;

/// <summary>What a live view's counts rest on can be asked for.</summary>
[Collection(WebCollection.Name)]
public sealed class RulesTests(AppFixture fixture)
{
    private static readonly string[] NoRule = [nameof(RoomView.IntervalMilliseconds), nameof(RoomView.Enrolled), nameof(RoomView.People)];

    [Fact]
    public async Task Every_count_of_behaviour_in_a_live_view_names_its_rule_and_version()
    {
        using SignedIn principal = await fixture.App.SignInAsync("principal");

        JsonElement rules = await (await principal.Http.GetAsync("/api/rules")).JsonAsync();

        string[] counts = [.. typeof(RoomView).GetProperties().Where(property => property.PropertyType == typeof(int))
            .Select(property => property.Name).Except(NoRule), nameof(RoomView.Teacher)];
        rules.EnumerateObject().Select(rule => rule.Name)
            .ShouldBe(counts.Select(JsonNamingPolicy.CamelCase.ConvertName), ignoreOrder: true);
        rules.GetProperty("standing").GetString().ShouldBe($"{BehaviourRules.Standing} · {BehaviourRules.Vote}");
    }
}
