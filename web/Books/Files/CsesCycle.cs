using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Xunke.Web.Books.Files;

/// <summary>The cycle of a CSES file: which of its school days is which weekday of which week.</summary>
internal sealed class CsesCycle
{
    private const int DaysOfWeek = 7;

    private readonly List<(int Weekday, Rotation Rotation)> _days;

    private CsesCycle(List<(int Weekday, Rotation Rotation)> days) => _days = days;

    /// <summary>Reads the cycle; without one, days are weekdays.</summary>
    /// <exception cref="FileRefusedException">Its days make no whole weeks, or more than the timetable has.</exception>
    public static CsesCycle Read(YamlMappingNode? cycle, int version)
    {
        var works = new List<bool>();
        if (version >= 2 && cycle?.Children.TryGetValue(new YamlScalarNode("spans"), out YamlNode? spans) == true
            && spans is YamlSequenceNode list)
        {
            foreach (YamlMappingNode span in list.Children.OfType<YamlMappingNode>())
            {
                string text = Text(span, "count");
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                    || works.Count + count > DaysOfWeek * Rotation.Longest)
                {
                    throw Unfit(text);
                }

                works.AddRange(Enumerable.Repeat(Text(span, "activity") == "work", count));
            }
        }

        if (works.Count == 0)
        {
            works.AddRange(Enumerable.Repeat(true, DaysOfWeek));
        }

        if (works.Count % DaysOfWeek != 0)
        {
            throw Unfit(works.Count.ToString(CultureInfo.InvariantCulture));
        }

        int weeks = works.Count / DaysOfWeek;
        return new CsesCycle([.. works.Index().Where(day => day.Item)
            .Select(day => ((day.Index % DaysOfWeek) + 1, new Rotation(weeks, (day.Index / DaysOfWeek) + 1)))]);
    }

    /// <summary>A school day by its number in the cycle, from 1, or by the weekday's name; null: there is none.</summary>
    public (int Weekday, Rotation Rotation)? Find(string day) =>
        int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number >= 1 && number <= _days.Count ? _days[number - 1] : null
            : Weekdays.Find(day) is { } weekday ? (weekday, Rotation.Every) : null;

    private static FileRefusedException Unfit(string days) =>
        new($"CSES 周期为 {days} 天，应为 1 到 {Rotation.Longest} 个整周 the cycle of {days} days must be 1 to {Rotation.Longest} whole weeks");

    private static string Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child)
            ? (child as YamlScalarNode)?.Value ?? string.Empty : string.Empty;
}
