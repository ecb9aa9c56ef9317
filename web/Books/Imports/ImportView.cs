using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>A table of a sheet, and how it is read. Region is such as "A2:F9".</summary>
internal sealed record TableView(
    string Sheet, string Region, SheetLayout Layout, string? OwnerName, IReadOnlyList<SheetFact> CellOrder, bool IsList, SheetFact Owner,
    IReadOnlyList<HeaderLine> Top, IReadOnlyList<HeaderLine> Left, bool LeftOut, RememberedView? Remembered);

/// <summary>That a table is read as somebody said of an earlier one of its form.</summary>
internal sealed record RememberedView(Guid ChoiceId, DateTimeOffset At, string Name);

/// <summary>The beginning of a sheet, to look at.</summary>
internal sealed record SheetView(string Name, int Rows, int Columns, IReadOnlyList<IReadOnlyList<string>> Cells);

/// <summary>A lesson that would be added, changed or ended, in words.</summary>
internal sealed record LessonChangeView(
    string What, string School, string ClassName, int Weekday, int Period, string? Before, string? After);

/// <summary>A file that is about to be imported, and what it would do.</summary>
/// <param name="ImportId">Its name.</param>
/// <param name="FileName">The file.</param>
/// <param name="Format">What it was taken for.</param>
/// <param name="Lessons">How many lessons it has.</param>
/// <param name="Tables">The tables that were found in it.</param>
/// <param name="Sheets">The beginning of each sheet.</param>
/// <param name="Names">Names in it; the open ones first, then the new ones; at most 600.</param>
/// <param name="NameCount">How many names there are.</param>
/// <param name="OpenNames">How many of them wait for an answer.</param>
/// <param name="MayCommit">Whether nothing is open any more.</param>
/// <param name="Same">Lessons that are on record as they are.</param>
/// <param name="Changed">Lessons that would be changed.</param>
/// <param name="Added">Lessons that would be added.</param>
/// <param name="Ended">Lessons that would be taken away.</param>
/// <param name="LeftOut">Lessons of the file that are left out.</param>
/// <param name="WithoutSchool">Lessons that say no school, in a file of the district.</param>
/// <param name="SecondTeachers">Lessons whose second teacher is left out.</param>
/// <param name="Skipped">Entries of the file that are of no class.</param>
/// <param name="Changes">Some of the changes.</param>
/// <param name="Faults">What could not be read, with sheet and cell.</param>
/// <param name="FaultCount">How many such places there are.</param>
internal sealed record ImportView(
    Guid ImportId, string FileName, string Format, int Lessons, IReadOnlyList<TableView> Tables, IReadOnlyList<SheetView> Sheets,
    IReadOnlyList<FoundName> Names, int NameCount, int OpenNames, bool MayCommit, int Same, int Changed, int Added, int Ended, int LeftOut,
    int WithoutSchool, int SecondTeachers, int Skipped, IReadOnlyList<LessonChangeView> Changes,
    IReadOnlyList<FileFault> Faults, int FaultCount)
{
    private const int MostSheets = 40;
    private const int MostRows = 30;
    private const int MostColumns = 30;
    private const int MostChanges = 60;
    private const int MostNames = 600;
    private const int MostFaults = 200;

    /// <summary>Puts it together.</summary>
    public static ImportView Of(ImportDraft draft, TimetableImport import, Func<string, string> nameOf,
        Func<Guid, RememberedView?> remembered)
    {
        TimetableFile file = draft.File;
        return new ImportView(
            draft.Id, file.Name, file.Format, file.Timetable.Lessons.Count,
            [.. file.Choices.Select(one => new TableView(
                one.Sheet, one.Region.ToString(), one.Layout, one.OwnerName, one.CellOrder, one.IsList, one.Owner, one.Top, one.Left,
                one.LeftOut, one.Kept is { } kept ? remembered(kept) : null))],
            [.. (file.Workbook?.Sheets ?? []).Where(sheet => !sheet.Hidden).Take(MostSheets).Select(Show)],
            [.. import.Names.OrderBy(name => name.Answer == NameAnswer.Known).Take(MostNames)], import.Names.Count,
            import.Names.Count(name => name.Answer == NameAnswer.Open), !import.IsOpen && import.Classes.Count > 0,
            import.Classes.Sum(one => one.Same.Count), import.Classes.Sum(one => one.Changed.Count),
            import.Classes.Sum(one => one.Added.Count), import.Classes.Sum(one => one.Ended.Count),
            import.LeftOut, import.WithoutSchool, import.SecondTeachers, file.Timetable.Skipped,
            [.. import.Classes.SelectMany(one => Tell(one, nameOf)).Take(MostChanges)],
            [.. file.Timetable.Faults.Take(MostFaults)], file.Timetable.Faults.Count);
    }

    private static SheetView Show(Sheet sheet) => new(
        sheet.Name, sheet.Rows, sheet.Columns,
        [
            .. Enumerable.Range(0, Math.Min(sheet.Rows, MostRows)).Select(row => (IReadOnlyList<string>)
                [.. Enumerable.Range(0, Math.Min(sheet.Columns, MostColumns)).Select(column => sheet[row, column])]),
        ]);

    private static IEnumerable<LessonChangeView> Tell(ClassDifference one, Func<string, string> nameOf)
    {
        string school = nameOf(one.SchoolId), name = nameOf(one.ClassId);
        string Say(EntryContent content) => string.Join(
            ' ', new[] { content.SubjectId, content.TeacherId, content.RoomId }.OfType<string>().Select(nameOf));

        return one.Changed.Select(change => new LessonChangeView(
                "changed", school, name, change.Entry.Weekday, change.Entry.Period,
                Say(EntryContent.Of(change.Entry)), Say(change.Content)))
            .Concat(one.Ended.Select(entry => new LessonChangeView(
                "ended", school, name, entry.Weekday, entry.Period, Say(EntryContent.Of(entry)), null)))
            .Concat(one.Added.Select(entry => new LessonChangeView(
                "added", school, name, entry.Time.Weekday, entry.Time.Period, null, Say(entry.Content))));
    }
}
