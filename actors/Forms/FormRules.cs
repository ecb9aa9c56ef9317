using System.Globalization;

namespace Xunke.Actors.Forms;

/// <summary>Something that is wrong with a form.</summary>
/// <param name="At">Where, such as "groups.0.items.2.text".</param>
/// <param name="Code">What, such as "empty".</param>
public sealed record FormFault(string At, string Code);

/// <summary>What a form must be like.</summary>
public static class FormRules
{
    /// <summary>The most characters of a name.</summary>
    public const int LongestName = 60;

    private const int LongestText = 300;
    private const int MostGroups = 12;
    private const int MostItems = 30;
    private const int MostLevels = 10;
    private const int MostBands = 8;
    private const int MostPoints = 100;

    /// <summary>A form as it is kept: no blanks around its words, a key for everything, and the most points of each item.</summary>
    public static FormContent Tidy(FormContent written)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        return new FormContent(
            [.. (written.Groups ?? []).OfType<FormGroup>().Select(TidyGroup)],
            [.. (written.Bands ?? []).OfType<FormBand>().Select(band => new FormBand(Words(band.Name), Words(band.NameEn), band.From))],
            [.. (written.LessonKinds ?? []).Select(Words).Where(kind => kind.Length > 0).Distinct()]);

        FormGroup TidyGroup(FormGroup group) => new(
            KeyOf(group.Key, 'g'), Words(group.Name), Words(group.NameEn), group.Weight,
            [.. (group.Items ?? []).OfType<FormItem>().Select(TidyItem)]);

        FormItem TidyItem(FormItem item)
        {
            FormLevel[] levels = item.Kind is ItemKind.Score or ItemKind.Grade
                ? [.. (item.Levels ?? []).OfType<FormLevel>().Select(TidyLevel)]
                : [];
            var max = item.Kind switch
            {
                ItemKind.Score or ItemKind.Grade => levels.Select(level => level.Points).DefaultIfEmpty(0).Max(),
                ItemKind.YesNo => item.Max,
                _ => 0,
            };
            return new FormItem(
                KeyOf(item.Key, 'i'), Words(item.Text), Words(item.TextEn), item.Kind, max, levels, item.MayNotApply, item.MayRemark,
                item.Kind is ItemKind.Text ? null : item.Usual);
        }

        static FormLevel TidyLevel(FormLevel level) => new(level.Points, Words(level.Text), Words(level.TextEn));

        // Kept where it can be: answers of different versions are told apart by it.
        string KeyOf(string? key, char letter)
        {
            if (key is { Length: > 0 and <= 40 } && key.All(char.IsAsciiLetterOrDigit) && keys.Add(key))
            {
                return key;
            }

            for (var number = 1; ; number++)
            {
                var made = string.Create(CultureInfo.InvariantCulture, $"{letter}{number}");
                if (!(written.Groups ?? []).OfType<FormGroup>().Any(group => Has(group, made)) && keys.Add(made))
                {
                    return made;
                }
            }
        }

        static bool Has(FormGroup group, string key) => group.Key == key || (group.Items ?? []).Any(item => item?.Key == key);
        static string Words(string? text) => text?.Trim() ?? string.Empty;
    }

    /// <summary>What is wrong with it; none: nothing.</summary>
    public static IReadOnlyList<FormFault> FaultsOf(FormContent form)
    {
        var faults = new List<FormFault>();
        Check(form.Groups.Count is > 0 and <= MostGroups, "groups", "count");
        Check(form.Groups.Sum(group => (long)group.Weight) == 100, "groups", "weights");
        Check(form.Bands.Count <= MostBands, "bands", "count");
        foreach (var (index, group) in form.Groups.Index())
        {
            CheckGroup($"groups.{index}", group);
        }

        foreach (var (index, band) in form.Bands.Index())
        {
            var at = $"bands.{index}";
            CheckWords($"{at}.name", band.Name, LongestName);
            Check(band.NameEn.Length <= LongestName, $"{at}.nameEn", "long");
            Check(band.From is >= 0 and <= 100, $"{at}.from", "range");
            Check(index == 0 || band.From < form.Bands[index - 1].From, $"{at}.from", "falling");
        }

        return faults;

        void CheckGroup(string at, FormGroup group)
        {
            CheckWords($"{at}.name", group.Name, LongestName);
            Check(group.NameEn.Length <= LongestName, $"{at}.nameEn", "long");
            Check(group.Weight is >= 0 and <= 100, $"{at}.weight", "range");
            Check(group.Items.Count is > 0 and <= MostItems, $"{at}.items", "count");
            Check(group.Weight <= 0 || group.Items.Any(item => item.IsScored()), $"{at}.weight", "unscored");
            foreach (var (index, item) in group.Items.Index())
            {
                CheckItem($"{at}.items.{index}", item);
            }
        }

        void CheckItem(string at, FormItem item)
        {
            CheckWords($"{at}.text", item.Text, LongestText);
            Check(item.TextEn.Length <= LongestText, $"{at}.textEn", "long");
            Check(Enum.IsDefined(item.Kind), $"{at}.kind", "range");
            Check(item.Max is >= 0 and <= MostPoints, $"{at}.max", "range");
            if (item.Kind is ItemKind.Score or ItemKind.Grade)
            {
                Check(item.Levels.Count is >= 2 and <= MostLevels, $"{at}.levels", "count");
            }

            foreach (var (index, level) in item.Levels.Index())
            {
                CheckWords($"{at}.levels.{index}.text", level.Text, LongestText);
                Check(level.TextEn.Length <= LongestText, $"{at}.levels.{index}.textEn", "long");
                Check(level.Points is >= 0 and <= MostPoints, $"{at}.levels.{index}.points", "range");
                Check(index == 0 || level.Points < item.Levels[index - 1].Points, $"{at}.levels.{index}.points", "falling");
            }

            Check(item.Usual is null || new FormAnswer(item.Usual, null, false, null).Fits(item), $"{at}.usual", "range");
        }

        void CheckWords(string at, string text, int longest)
        {
            Check(text.Length > 0, at, "empty");
            Check(text.Length <= longest, at, "long");
            Check(!text.Any(char.IsControl), at, "unseen");
        }

        void Check(bool isRight, string at, string code)
        {
            if (!isRight)
            {
                faults.Add(new FormFault(at, code));
            }
        }
    }
}
