namespace Xunke.Web.Books.Files;

/// <summary>A timetable file of any format that is read.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Format">Such as ".xlsx", "CSES", "aSc XML", "Untis GPU001" or "GB18030, 逗号 comma".</param>
/// <param name="Workbook">The tables, where a person has a say in how they are read; null: the format says it all.</param>
/// <param name="Choices">How the tables are guessed to be laid out.</param>
/// <param name="Timetable">What was read.</param>
internal sealed record TimetableFile(
    string Name, string Format, Workbook? Workbook, IReadOnlyList<SheetChoice> Choices, ImportedTimetable Timetable)
{
    /// <summary>Reads a file; which format it is in, its content says.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="remembered">Finds what a person chose for a table of the same form by its signature; null: nothing is
    /// remembered.</param>
    /// <param name="limits">How much is read at most; null: the usual.</param>
    /// <returns>What was read; a workbook without a table that looks like a timetable comes with that as its fault, and a person may mark
    /// one.</returns>
    /// <exception cref="FileRefusedException">It cannot be read.</exception>
    public static TimetableFile Read(
        string name, byte[] content, Func<string, SheetChoice?>? remembered = null, FileLimits? limits = null)
    {
        limits ??= FileLimits.Default;
        if (content.Length <= limits.Bytes)
        {
            switch (FileKinds.Of(content))
            {
                case FileKind.Xml when Beginning(content).Contains("<timetable", StringComparison.Ordinal):
                    return new TimetableFile(name, "aSc XML", null, [], AscReader.Read(name, content, limits));
                case FileKind.Text when IsYaml(name) || CsesReader.IsIn(Beginning(content)):
                    return new TimetableFile(name, "CSES", null, [], CsesReader.Read(name, content, limits));
                case FileKind.Zip when OneRosterFiles.IsIn(content):
                    throw new FileRefusedException("这是 OneRoster，其中没有课表，请作为名册导入 OneRoster holds no timetable: import it as lists");
            }
        }

        var workbook = Workbook.Read(name, content, limits);
        IReadOnlyList<SheetChoice> guesses = SheetGuess.Of(workbook);
        IReadOnlyList<SheetChoice> choices =
        [
            .. guesses.Select(guess => remembered?.Invoke(guess.Signature) is { } known ? known.MovedTo(guess) : guess),
            .. workbook.Sheets.Where(sheet => !sheet.Hidden && guesses.All(guess => guess.Sheet != sheet.Name))
                .Select(sheet => SheetGuess.Blank(sheet, workbook.Name))
                .Select(blank => remembered?.Invoke(blank.Signature)?.MovedTo(blank)).OfType<SheetChoice>(),
        ];
        return choices.Count == 0 && workbook.Sheets.Count == 1 && UntisReader.IsIn(workbook.Sheets[0])
            ? new TimetableFile(name, "Untis GPU001", null, [], UntisReader.Read(name, content, limits))
            : new TimetableFile(name, workbook.Format, workbook, choices, choices.Count > 0
                ? Timetables.Read(workbook, choices)
                : new ImportedTimetable([], [], [new FileFault(workbook.Sheets[0].Name, string.Empty, Timetables.NotFound)]));
    }

    private static bool IsYaml(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static string Beginning(byte[] content) =>
        System.Text.Encoding.UTF8.GetString(content.AsSpan(0, Math.Min(content.Length, 16_384)))
            .Replace("\0", string.Empty, StringComparison.Ordinal);
}
