namespace Xunke.Web.Books.Files;

/// <summary>How much of a file is read at most. A whole district's timetable has 38,600 rows; a school's has some hundred sheets.</summary>
internal sealed record FileLimits
{
    /// <summary>What the server reads.</summary>
    public static FileLimits Default { get; } = new();

    /// <summary>Most bytes of a file.</summary>
    public int Bytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>Most bytes of all parts of a workbook or archive, unpacked.</summary>
    public long UnpackedBytes { get; init; } = 300L * 1024 * 1024;

    /// <summary>Most bytes of one part of an archive, unpacked. A district's enrolments have 35 MB.</summary>
    public int PartBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of a YAML file, and a tenth as many words in it.</summary>
    public int YamlBytes { get; init; } = 1024 * 1024;

    /// <summary>Most parts in a workbook or archive.</summary>
    public int Parts { get; init; } = 4_000;

    /// <summary>Most sheets of a workbook.</summary>
    public int Sheets { get; init; } = 300;

    /// <summary>Most rows down to the last cell with text.</summary>
    public int Rows { get; init; } = 200_000;

    /// <summary>Most columns up to the last cell with text.</summary>
    public int Columns { get; init; } = 1_000;

    /// <summary>Most cells with text in a workbook.</summary>
    public int Cells { get; init; } = 3_000_000;

    /// <summary>Most characters in a workbook, where a cell that repeats a text counts anew.</summary>
    public long Characters { get; init; } = 100_000_000;

    /// <summary>Most merged ranges in a sheet.</summary>
    public int Merged { get; init; } = 20_000;
}
