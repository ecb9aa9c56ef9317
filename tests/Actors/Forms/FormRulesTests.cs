using Xunke.Actors.Forms;

namespace Xunke.Tests.Actors.Forms;

public sealed class FormRulesTests
{
    [Fact]
    public void The_forms_that_come_with_Xunke_keep_the_rules_and_are_told_in_both_languages()
    {
        IReadOnlyList<ShippedForm> shipped = ShippedForm.ReadAll();

        shipped.Select(form => form.ShippedAs).ShouldBe(["after-school-check", "general-observation", "patrol-check"]);
        shipped.Select(form => form.Kind).Distinct().Count().ShouldBe(3);
        foreach (ShippedForm form in shipped)
        {
            FormRules.FaultsOf(form.Content).ShouldBeEmpty();
            form.Content.Items().ShouldAllBe(item => item.TextEn.Length > 0 && item.Levels.All(level => level.TextEn.Length > 0));
            form.Content.UsualAnswers().ShouldAllBe(one => one.Value.Fits(form.Content.Find(one.Key)!));
        }

        FormTotal.Compute(shipped[2].Content, shipped[2].Content.UsualAnswers()).Value.ShouldBe(100m, "a patrol begins with all in order");
    }

    [Fact]
    public void Faults_are_told_where_they_are()
    {
        FormContent form = FormRules.Tidy(new FormContent(
            [
                new FormGroup("", " 过程 ", "", 60, [Item("讲解", ItemKind.Score, new FormLevel(3, "好", ""), new FormLevel(3, "", ""))]),
                new FormGroup("", "", "", 30, [Item("人数", ItemKind.Count)]),
            ],
            [new FormBand("优", "", 80), new FormBand("良", "", 90)], []));

        FormRules.FaultsOf(form).Select(fault => $"{fault.At} {fault.Code}").ShouldBe(
        [
            "groups weights", "groups.0.items.0.levels.1.text empty", "groups.0.items.0.levels.1.points falling", "groups.1.name empty",
            "groups.1.weight unscored", "bands.1.from falling",
        ]);
    }

    [Fact]
    public void Everything_gets_a_key_of_its_own_and_keeps_the_one_that_it_has()
    {
        FormContent form = FormRules.Tidy(new FormContent(
            [
                new FormGroup("g1", "甲", "", 50, [Item("一", ItemKind.YesNo), Item("二", ItemKind.YesNo) with { Key = "i1" }]),
                new FormGroup("g1", "乙", "", 50, [Item("三", ItemKind.YesNo) with { Key = "i1" },
                    Item("四", ItemKind.YesNo) with { Key = "不行" }]),
            ],
            [], []));

        string[] keys = [.. form.Groups.Select(group => group.Key), .. form.Items().Select(item => item.Key)];
        keys.ShouldBeUnique();
        form.Groups[0].Key.ShouldBe("g1");
        form.Groups[0].Items[1].Key.ShouldBe("i1");
    }

    [Fact]
    public void A_form_that_lacks_everything_is_faulty_and_no_accident() =>
        FormRules.FaultsOf(FormRules.Tidy(new FormContent(null!, [null!], null!))).ShouldContain(new FormFault("groups", "count"));

    [Theory]
    [InlineData(ItemKind.Score, 3, null, false, true)]
    [InlineData(ItemKind.Score, 2, null, false, false)]
    [InlineData(ItemKind.Score, null, null, true, true)]
    [InlineData(ItemKind.Score, 3, null, true, false)]
    [InlineData(ItemKind.YesNo, 1, null, false, true)]
    [InlineData(ItemKind.YesNo, 2, null, false, false)]
    [InlineData(ItemKind.Count, 45, null, false, true)]
    [InlineData(ItemKind.Count, -1, null, false, false)]
    [InlineData(ItemKind.Text, null, "看到的事", false, true)]
    [InlineData(ItemKind.Text, 1, null, false, false)]
    [InlineData(ItemKind.Count, 1, "字", false, false)]
    public void An_answer_fits_its_item_or_not(ItemKind kind, int? value, string? text, bool notApplicable, bool fits) =>
        new FormAnswer(value, text, notApplicable, null).Fits(Item("项", kind, new FormLevel(3, "好", ""), new FormLevel(1, "差", "")))
            .ShouldBe(fits);

    private static FormItem Item(string text, ItemKind kind, params FormLevel[] levels) =>
        new("", text, "", kind, kind is ItemKind.YesNo ? 1 : 3, levels, true, false, null);
}
