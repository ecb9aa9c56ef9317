using Xunke.Actors.Forms;

namespace Xunke.Tests.Actors.Forms;

public sealed class FormTotalTests
{
    private const int Cases = 3_000;

    [Fact]
    public void Groups_count_by_their_weights_whatever_number_of_items_they_have()
    {
        FormContent form = new(
            [Group("a", 30, Score("a1", 5), Score("a2", 5)), Group("b", 70, Score("b1", 10))], [new("优", "", 90), new("良", "", 75)], []);

        var total = FormTotal.Compute(form, Answers(("a1", 5), ("a2", 3), ("b1", 7)));

        total.Value.ShouldBe(73.0m, "30 of 100 by 8/10, and 70 of 100 by 7/10");
        total.Band.ShouldBeNull();
        total.Groups.Select(group => group.Percent).ShouldBe([80m, 70m]);
        (total.N, total.Of).ShouldBe((3, 3));
    }

    [Fact]
    public void A_total_is_null_and_never_0_where_nothing_was_answered()
    {
        FormContent form = new([Group("a", 100, Score("a1", 5) with { MayNotApply = true })], [new("差", "", 0)], []);

        FormTotal.Compute(form, Answers()).ShouldSatisfyAllConditions(
            total => total.Value.ShouldBeNull(), total => total.Band.ShouldBeNull());
        var notApplicable = new Dictionary<string, FormAnswer> { ["a1"] = new(null, null, true, "没有实验") };
        FormTotal.Compute(form, notApplicable).Value.ShouldBeNull();
    }

    [Fact]
    public void The_band_is_that_of_the_digits_that_people_read()
    {
        FormContent form = new([Group("a", 100, Score("a1", 1000))], [new("优", "", 90), new("良", "", 0)], []);

        FormTotal.Compute(form, Answers(("a1", 899))).ShouldSatisfyAllConditions(
            total => total.Value.ShouldBe(89.9m), total => total.Band!.Name.ShouldBe("良"));
        form = new([Group("a", 100, Score("a1", 10_000))], form.Bands, []);
        FormTotal.Compute(form, Answers(("a1", 8_996))).ShouldSatisfyAllConditions(
            total => total.Value.ShouldBe(90.0m), total => total.Band!.Name.ShouldBe("优", "it is shown as 90.0"));
    }

    [Fact]
    public void Any_total_lies_between_its_groups_and_full_answers_make_100()
    {
        var random = new Random(20261201);
        for (int i = 0; i < Cases; i++)
        {
            FormContent form = AnyForm(random);
            Dictionary<string, FormAnswer> answers = AnyAnswers(form, random, share: random.NextDouble());
            var total = FormTotal.Compute(form, answers);

            decimal[] counted = [.. total.Groups.Where((group, at) => group.Percent is not null && form.Groups[at].Weight > 0)
                .Select(group => group.Percent!.Value)];
            total.Value.HasValue.ShouldBe(counted.Length > 0);
            if (total.Value is { } value)
            {
                value.ShouldBeInRange(counted.Min() - 0.1m, counted.Max() + 0.1m);
                total.Band.ShouldBe(form.Bands.FirstOrDefault(band => value >= band.From));
            }

            var best = form.Items().Where(item => item.IsScored())
                .ToDictionary(item => item.Key, item => Given(item.Kind is ItemKind.YesNo ? 1 : item.Max));
            FormTotal.Compute(form, best).Value.ShouldBe(100m);
        }
    }

    [Fact]
    public void What_does_not_apply_counts_as_if_the_item_was_not_on_the_form()
    {
        var random = new Random(42);
        for (int i = 0; i < Cases; i++)
        {
            FormContent form = AnyForm(random);
            Dictionary<string, FormAnswer> answers = AnyAnswers(form, random, share: 0.8);
            string[] left = [.. answers.Keys.Where(_ => random.Next(3) == 0)];
            FormContent without = form with
            {
                Groups = [.. form.Groups.Select(group => group with { Items = [.. group.Items.Where(item => !left.Contains(item.Key))] })],
            };
            foreach (string key in left)
            {
                answers[key] = new FormAnswer(null, null, true, null);
            }

            FormTotal.Compute(form, answers).Value.ShouldBe(FormTotal.Compute(without, answers).Value);
        }
    }

    [Fact]
    public void A_better_answer_never_makes_a_total_smaller()
    {
        var random = new Random(7);
        for (int i = 0; i < Cases; i++)
        {
            FormContent form = AnyForm(random);
            Dictionary<string, FormAnswer> answers = AnyAnswers(form, random, share: 1);
            var before = FormTotal.Compute(form, answers);
            FormItem item = form.Items().Where(one => one.IsScored()).OrderBy(_ => random.Next()).First();
            answers[item.Key] = Given(item.Kind is ItemKind.YesNo ? 1 : item.Max);

            FormTotal.Compute(form, answers).Value!.Value.ShouldBeGreaterThanOrEqualTo(before.Value!.Value);
        }
    }

    private static FormContent AnyForm(Random random)
    {
        int groups = random.Next(1, 5), left = 100;
        return new FormContent(
            [
                .. Enumerable.Range(0, groups).Select(at =>
                {
                    int weight = at == groups - 1 ? left : random.Next(0, left + 1);
                    left -= weight;
                    return Group($"g{at}", weight,
                        [.. Enumerable.Range(0, random.Next(1, 5)).Select(item => AnyItem($"g{at}i{item}", random, item == 0))]);
                }),
            ],
            [new("优", "", 90), new("良", "", 75), new("中", "", 60)], []);
    }

    private static FormItem AnyItem(string key, Random random, bool isScored) => random.Next(isScored ? 2 : 4) switch
    {
        0 => Score(key, random.Next(1, 20)),
        1 => Item(key, ItemKind.YesNo, random.Next(1, 4)),
        2 => Item(key, ItemKind.Count, 0),
        _ => Item(key, ItemKind.Text, 0),
    };

    private static Dictionary<string, FormAnswer> AnyAnswers(FormContent form, Random random, double share) => form.Items()
        .Where(item => item.Kind is not ItemKind.Text && random.NextDouble() < share)
        .ToDictionary(item => item.Key, item => Given(item.Kind is ItemKind.Count ? random.Next(50)
            : item.Kind is ItemKind.YesNo ? random.Next(2) : random.Next(item.Max + 1)));

    private static FormAnswer Given(int value) => new(value, null, false, null);

    private static Dictionary<string, FormAnswer> Answers(params (string Key, int Value)[] answers) =>
        answers.ToDictionary(one => one.Key, one => Given(one.Value));

    private static FormGroup Group(string key, int weight, params FormItem[] items) => new(key, key, "", weight, items);

    private static FormItem Score(string key, int max) => Item(key, ItemKind.Score, max);

    private static FormItem Item(string key, ItemKind kind, int max) => new(key, key, "", kind, max, [], false, false, null);
}
