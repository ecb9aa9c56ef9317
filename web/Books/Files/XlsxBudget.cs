using System.Xml;

namespace Xunke.Web.Books.Files;

/// <summary>What is left of the limits while a workbook is read.</summary>
internal sealed class XlsxBudget(FileLimits limits)
{
    private long _characters;
    private int _cells;

    /// <summary>Counts a text that is kept.</summary>
    /// <exception cref="FileRefusedException">That is too much.</exception>
    public string Take(string text)
    {
        _characters += text.Length;
        return _characters > limits.Characters
            ? throw new FileRefusedException("文字太多，不是课表或名册 too much text for a timetable or a list")
            : text;
    }

    /// <summary>Counts a cell that is kept.</summary>
    /// <returns>How many there are.</returns>
    public int TakeCell() => ++_cells;

    /// <summary>Opens a part: no DTD, no entities, and an end.</summary>
    public XmlReader Open(Stream part) => XmlReader.Create(part, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = limits.UnpackedBytes,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    });
}
