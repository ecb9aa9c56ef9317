using System.Text.RegularExpressions;

namespace Xunke.Web.Books.Files;

/// <summary>Whom a table is of, by its title, its sheet's name and its file's name.</summary>
/// <param name="Fact">Class, Teacher or Room.</param>
/// <param name="Name">The name; null: it is not known.</param>
internal sealed partial record SheetOwner(SheetFact Fact, string? Name)
{
    /// <summary>Finds the owner.</summary>
    /// <param name="titles">The title above the table, the sheet's name and the file's name, in the order in which they count.</param>
    /// <param name="cellsNameClasses">Whether the cells of the table name classes.</param>
    public static SheetOwner Find(IReadOnlyList<string> titles, bool cellsNameClasses)
    {
        if (!cellsNameClasses)
        {
            foreach (string title in titles)
            {
                if (Labelled(title, ClassLabel()) is { } labelled)
                {
                    return new SheetOwner(SheetFact.Class, labelled);
                }

                if (Places.FindClass(title) is { } found)
                {
                    return new SheetOwner(SheetFact.Class, found);
                }
            }

            string? grade = titles.Select(Places.FindGrade).FirstOrDefault(found => found is not null);
            string? number = titles.FirstOrDefault(Places.IsClassOfGrade);
            return new SheetOwner(SheetFact.Class, number is null ? null : grade + Words.Name(number));
        }

        foreach (string title in titles)
        {
            if (Labelled(title, TeacherLabel()) is { } labelled)
            {
                return new SheetOwner(SheetFact.Teacher, labelled);
            }

            string bare = Bare().Replace(Words.Name(title), string.Empty).Trim();
            if (Labelled(title, RoomLabel()) is { } room)
            {
                return new SheetOwner(SheetFact.Room, room);
            }

            if (Places.MayBeRoom(bare))
            {
                return new SheetOwner(SheetFact.Room, bare);
            }

            if (Titled().Match(Words.Key(title)) is { Success: true } titled)
            {
                return new SheetOwner(SheetFact.Teacher, titled.Groups["name"].Value);
            }

            if (People.IsName(bare) && !Subjects.IsKnown(bare))
            {
                return new SheetOwner(SheetFact.Teacher, bare);
            }
        }

        return new SheetOwner(SheetFact.Teacher, null);
    }

    /// <summary>The subject that a title names; null: none.</summary>
    public static string? FindSubject(IReadOnlyList<string> titles) =>
        titles.Select(title => Labelled(title, SubjectLabel())).FirstOrDefault(found => found is not null)
        ?? titles.SelectMany(CellTokens.Split).SelectMany(cell => cell.Tokens)
            .FirstOrDefault(token => token.Sure == SheetFact.Subject && token.Text.Length > 1).Text;

    private static string? Labelled(string title, Regex label) =>
        label.Match(Words.Name(title)) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"(?<!任教)班级名?称?[:\s]\s*(?<name>[^\s,;:]{1,20})", RegexOptions.CultureInvariant)]
    private static partial Regex ClassLabel();

    [GeneratedRegex(@"(?<!班主任)(教师|老师|姓名)[:\s]\s*(?<name>[^\s,;:]{2,20})", RegexOptions.CultureInvariant)]
    private static partial Regex TeacherLabel();

    [GeneratedRegex(@"(学科|科目|任教课程|任教)[:\s]\s*(?<name>[^\s,;:]{1,20})", RegexOptions.CultureInvariant)]
    private static partial Regex SubjectLabel();

    [GeneratedRegex(@"(教室|地点|场地|功能室)[:\s]\s*(?<name>[^\s,;:]{1,30})", RegexOptions.CultureInvariant)]
    private static partial Regex RoomLabel();

    [GeneratedRegex(@"(教师|个人|总|使用)?(课程表|课表|使用安排|安排表|使用表|安排)$|^\d{4}[-—]\d{4}学年|第?[一二12]学期|\(?(春|秋)季?\)?", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(@"(?<name>[\u4E00-\u9FFF]{2,4})(老师|教师)(的)?(课程表|课表)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Titled();
}
