using Xunke.Web.Text;

namespace Xunke.Web.Books.Editing;

/// <summary>Reads the fields of a row, and notes all that is wrong with them.</summary>
internal sealed class RowFaults
{
    private readonly List<FieldFault> _faults = [];

    /// <summary>What was noted.</summary>
    public IReadOnlyList<FieldFault> All => _faults;

    /// <summary>Whether nothing was.</summary>
    public bool None => _faults.Count == 0;

    /// <summary>Notes a fault.</summary>
    public void Add(string field, string reason, string reasonEn) => _faults.Add(new FieldFault(field, reason, reasonEn));

    /// <summary>A name: tidied, not empty, without hidden characters.</summary>
    public string Name(string field, string? text, int longest = BookRow.LongestName)
    {
        string name = PlainText.Tidy(text ?? string.Empty);
        if (name.Length == 0 || PlainText.CountLetters(name) == 0)
        {
            Add(field, "不能为空", "must not be empty");
        }
        else if (name.Length > longest)
        {
            Add(field, $"最多 {longest} 个字", $"must be at most {longest} characters");
        }
        else if (PlainText.FindHidden(name) is not null)
        {
            Add(field, "含有看不见的字符", "holds characters that cannot be seen");
        }

        return name;
    }

    /// <summary>An id that people give, such as "s01-304".</summary>
    public void Id(string field, string? id, int longest, string start = "")
    {
        if (id is null || id.Length > longest || !BookRow.IsId(id))
        {
            Add(field, $"应为小写字母、数字和连字符，最多 {longest} 个", $"must be lower-case letters, digits and single hyphens, at most {longest}");
        }
        else if (!id.StartsWith(start, StringComparison.Ordinal))
        {
            Add(field, $"应以 {start} 开头", $"must start with {start}");
        }
    }

    /// <summary>A name that may be left out.</summary>
    public string? OptionalName(string field, string? text, int longest = BookRow.LongestName) =>
        string.IsNullOrWhiteSpace(text) ? null : Name(field, text, longest);

    /// <summary>A whole number.</summary>
    public int Number(string field, int? number, int least, int most)
    {
        if (number is not { } found || found < least || found > most)
        {
            Add(field, $"应为 {least} 到 {most}", $"must be {least} to {most}");
            return least;
        }

        return found;
    }

    /// <summary>A day; and one after another where that is given.</summary>
    public DateOnly Day(string field, DateOnly? day, DateOnly? notBefore = null)
    {
        if (day is not { } found)
        {
            Add(field, "请选择日期", "must be a date");
            return notBefore ?? DateOnly.MinValue;
        }

        if (found < notBefore)
        {
            Add(field, "不能早于开始日期", "must not be before the first day");
        }

        return found;
    }

    /// <summary>Numbers without repetition, in their order.</summary>
    public List<int> Numbers(string field, IReadOnlyList<int>? numbers, int least, int most)
    {
        List<int> found = [.. (numbers ?? []).Distinct().Order()];
        if (found.Any(number => number < least || number > most))
        {
            Add(field, $"应为 {least} 到 {most}", $"must be {least} to {most}");
        }

        return found;
    }

    /// <summary>A reference to something that must be there.</summary>
    public void Reference(string field, bool isThere)
    {
        if (!isThere)
        {
            Add(field, "没有这一项", "there is none such");
        }
    }

    /// <summary>Something that nobody else may have.</summary>
    public void Unique(string field, bool isFree)
    {
        if (!isFree)
        {
            Add(field, "已有相同的一项", "another one has it");
        }
    }
}
