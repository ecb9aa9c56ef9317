using System.Globalization;
using System.Text.RegularExpressions;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>How names of a file and of the books are compared: 三(2)班, 三年级2班 and 302班 are one class.</summary>
internal static partial class NameKeys
{
    /// <summary>What a class's name comes down to.</summary>
    public static string OfClass(string name)
    {
        string key = Words.Key(name);
        Match match = GradeAndNumber().Match(key);
        if (match.Success && Words.TryNumber(match.Groups[2].Value, out int grade)
            && Words.TryNumber(match.Groups[3].Value, out int number))
        {
            return string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1].Value}{grade}-{number}");
        }

        match = Number().Match(key);
        return match.Success
            ? $"{match.Groups[1].Value}-{match.Groups[2].Value.TrimStart('0')}"
            : key;
    }

    /// <summary>What a person's name comes down to.</summary>
    public static string OfPerson(string name)
    {
        string key = Words.Key(name);
        return Title().Replace(key, string.Empty) is { Length: > 0 } bare ? bare : key;
    }

    /// <summary>How alike two keys are, 0 to 1: the share of letters that need not be changed.</summary>
    public static double Likeness(string one, string other)
    {
        int longest = Math.Max(one.Length, other.Length);
        if (longest == 0)
        {
            return 1;
        }

        // Levenshtein's distance, a row at a time.
        Span<int> row = stackalloc int[other.Length + 1];
        for (int j = 0; j < row.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= one.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j < row.Length; j++)
            {
                int changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return 1 - ((double)row[^1] / longest);
    }

    [GeneratedRegex(@"^([初高小]?)([一二三四五六七八九1-9])(?:年级|级|年)?[.·]?\(?(\d{1,2}|[一二三四五六七八九十]{1,3})\)?班?\z", RegexOptions.CultureInvariant)]
    private static partial Regex GradeAndNumber();

    [GeneratedRegex(@"^([1-9])(\d\d)班?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"(老师|教师|先生|女士)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Title();
}
