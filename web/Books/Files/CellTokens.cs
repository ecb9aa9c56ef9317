using System.Text.RegularExpressions;
using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Takes a cell such as 语文(单周)/书法(双周), 语文 张三 or 三(2)班·数学 apart.</summary>
internal static partial class CellTokens
{
    // Stand for a mark or a class within the text while it is split; nobody can type them.
    private const char MarkSign = '\uE000';
    private const char ClassSign = '\uE001';

    private static readonly string[] Nothing = ["-", "--", "—", "——", "/", "\\", "无", "×", "x", "空", "空课", "无课", "*", ".", "0", "自由活动"];

    /// <summary>Whether a cell says that there is no lesson.</summary>
    public static bool IsNothing(string text) => Words.Key(text) is var key && (key.Length == 0 || Nothing.Contains(key));

    /// <summary>Takes a cell apart.</summary>
    public static IReadOnlyList<CellGroup> Split(string cell)
    {
        string text = PlainText.Narrow(cell).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
            .Replace('【', '[').Replace('】', ']');
        text = Spread().Replace(text, "$1$2");
        var classes = new List<string>();
        var marks = new List<IReadOnlyList<Weeks>>();
        text = ClassName().Replace(text, match =>
        {
            if (!Places.IsClass(match.Value))
            {
                return match.Value;
            }

            classes.Add(Words.Name(match.Value));
            return $" {ClassSign}{(char)(ClassSign + classes.Count)} ";
        });
        text = Mark().Replace(text, match =>
        {
            if (WeekMarks.Parse(match.Value) is not { } weeks)
            {
                return match.Value;
            }

            marks.Add(weeks);
            return $"{MarkSign}{(char)(ClassSign + marks.Count)}";
        });
        return [.. Parts(text, marks.Count).Select(part => ReadGroup(part, classes, marks)).Where(group => group.Tokens.Count > 0)];
    }

    // Every lesson of a cell with several has a mark of its own; which sign stands between them, this tells.
    private static IEnumerable<string> Parts(string text, int marks)
    {
        if (marks < 2)
        {
            return [text];
        }

        foreach (char separator in (ReadOnlySpan<char>)['\n', '/', ';', ',', ' '])
        {
            string[] parts = text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (parts.Length > 1 && parts.All(part => part.Contains(MarkSign, StringComparison.Ordinal) && HasMore(part)))
            {
                return parts;
            }
        }

        // A mark in front begins a lesson, a mark behind ends it.
        bool before = text.TrimStart(' ', '\n', '(', '[').StartsWith(MarkSign);
        return (before ? BeforeMark() : AfterMark()).Split(text).Where(HasMore);
    }

    private static bool HasMore(string part) => part.Where(sign => sign is not MarkSign and not '\n' and not ' ').Count() > 1;

    private static CellGroup ReadGroup(string part, List<string> classes, List<IReadOnlyList<Weeks>> marks)
    {
        var tokens = new List<CellToken>();
        IReadOnlyList<Weeks> weeks = [];
        for (int i = part.IndexOf(MarkSign, StringComparison.Ordinal); i >= 0; i = part.IndexOf(MarkSign, StringComparison.Ordinal))
        {
            weeks = Combine(weeks, marks[part[i + 1] - ClassSign - 1]);
            part = part.Remove(i, 2).Insert(i, "\n");
        }

        foreach (string word in Separators().Split(part))
        {
            Add(tokens, word.Trim(':', '-', '.', '·', '_'), classes);
        }

        return new CellGroup(tokens, weeks.Count == 0 ? [Weeks.All] : weeks);
    }

    private static void Add(List<CellToken> tokens, string word, List<string> classes)
    {
        if (word.Length == 0)
        {
            return;
        }

        if (word[0] == ClassSign)
        {
            tokens.Add(new CellToken(classes[word[1] - ClassSign - 1], SheetFact.Class));
            return;
        }

        Match label = Label().Match(word);
        if (label.Success)
        {
            bool room = label.Groups["what"].Value is "地点" or "教室";
            tokens.Add(new CellToken(Words.Name(label.Groups["name"].Value), room ? SheetFact.Room : SheetFact.Teacher));
            return;
        }

        var token = CellToken.Of(Words.Name(word));
        if (token.Sure == SheetFact.Nothing && word.IndexOfAny([',', '、']) is var comma and >= 0)
        {
            string[] parts = word.Split([',', '、'], StringSplitOptions.RemoveEmptyEntries);
            if (parts.All(People.LooksLikeName) && parts.Any(People.IsName))
            {
                tokens.Add(new CellToken(string.Join('、', parts.Select(Words.Name)), SheetFact.Teacher));
                return;
            }

            foreach (string rest in parts)
            {
                Add(tokens, rest, classes);
            }

            return;
        }

        // 语文·张三, but not 买买提·吐尔逊.
        if (word.IndexOf('·', StringComparison.Ordinal) is var dot and > 0 && Subjects.IsKnown(word[..dot]))
        {
            Add(tokens, word[..dot], classes);
            Add(tokens, word[(dot + 1)..], classes);
            return;
        }

        // Nothing between, as in 语文王芳.
        if (token.Sure is SheetFact.Nothing && Subjects.Beginning(word) is { } subject && CellToken.Of(word[subject.Length..]) is
            { Sure: SheetFact.Teacher or SheetFact.Room } behind)
        {
            tokens.Add(new CellToken(subject, SheetFact.Subject));
            tokens.Add(behind);
            return;
        }

        if (Group().IsMatch(word) && tokens.Count > 0 && tokens[^1].Sure == SheetFact.Subject)
        {
            // 体育(男) is a subject's name.
            tokens[^1] = new CellToken($"{tokens[^1].Text}({token.Text})", SheetFact.Subject);
            return;
        }

        tokens.Add(token);
    }

    // 1-16周 and 单周 of one lesson make odd weeks from 1 to 16.
    private static IReadOnlyList<Weeks> Combine(IReadOnlyList<Weeks> some, IReadOnlyList<Weeks> more)
    {
        if (some.Count == 0)
        {
            return more;
        }

        Weeks[] ranges = [.. some.Concat(more).Where(weeks => weeks.First is not null)];
        Rotation rotation = some.Concat(more).Select(weeks => weeks.Rotation).FirstOrDefault(one => one != Rotation.Every, Rotation.Every);
        return ranges.Length == 0 ? [new Weeks(null, null, rotation)]
            : [.. ranges.Select(range => range.Rotation == Rotation.Every ? range with { Rotation = rotation } : range)];
    }

    [GeneratedRegex(
        @"[(\[{]?(?<![\d一二三四五六七八九十])(第?\d{1,2}([-~—至到]第?\d{1,2})?([,、]第?\d{1,2}([-~—至到]\d{1,2})?)*周[,|]?([(\[][单双]周?[)\]]|[单双]周?)?|[单双奇偶]数?周|每周)[)\]}]?"
        + @"|[(\[{][单双][)\]}]|(?<=^|[\s/;,])[单双]:|[(\[{]\d/\d[)\]}]|[(\[{](odd|even)[)\]}]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Mark();

    [GeneratedRegex(@"[小初高]?(20\d\d级?|[一二三四五六七八九]年级?|[1-9]年级|[一二三四五六七八九]|[1-9](?=[(.]))[.]?\(?([1-9]\d?|[一二三四五六七八九十]{1,3})\)?班?|(?<!\d)[1-9]\d{2,3}班|(?<![\da-zA-Z])[1-9]\d?[a-hA-H]班",
        RegexOptions.CultureInvariant)]
    private static partial Regex ClassName();

    [GeneratedRegex(@"^(男生?|女生?|[上下甲乙丙]|[A-Da-d]|[1-4一二三四]|[A-D1-4甲乙丙][班组层]|实验|选修|必修)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    // 语　文: two hanzi that were spread to the width of three.
    [GeneratedRegex(@"(?<![^\s/(,;])([\u4E00-\u9FFF])[ \u3000]+([\u4E00-\u9FFF])(?![^\s/),;(])", RegexOptions.CultureInvariant)]
    private static partial Regex Spread();

    [GeneratedRegex(@"[\s/|;()\[\]{}<>+&@]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(@"^(?<what>任课教师|任课老师|教师|老师|地点|教室):(?<name>.+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    [GeneratedRegex(@"(?=\uE000)", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeMark();

    [GeneratedRegex(@"(?<=\uE000.)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex AfterMark();
}
