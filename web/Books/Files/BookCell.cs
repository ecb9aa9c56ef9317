using System.Globalization;

namespace Xunke.Web.Books.Files;

/// <summary>A cell that is written: a text, a number or a date.</summary>
internal readonly record struct BookCell
{
    private BookCell(string? text, decimal? number, DateOnly? date) => (Text, Number, Date) = (text, number, date);

    /// <summary>The text; null: it is no text.</summary>
    public string? Text { get; }

    /// <summary>The number; null: it is none.</summary>
    public decimal? Number { get; }

    /// <summary>The date; null: it is none.</summary>
    public DateOnly? Date { get; }

    /// <summary>Whether nothing is written.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Text) && Number is null && Date is null;

    /// <summary>A text.</summary>
    public static implicit operator BookCell(string? text) => new(text, null, null);

    /// <summary>A number.</summary>
    public static implicit operator BookCell(decimal? number) => new(null, number, null);

    /// <summary>A date.</summary>
    public static implicit operator BookCell(DateOnly? date) => new(null, null, date);

    /// <summary>The cell as it is read again: dates as 2026-09-01.</summary>
    public override string ToString() =>
        Number?.ToString("0.###############", CultureInfo.InvariantCulture)
        ?? Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? Text ?? string.Empty;
}
