namespace Xunke.Web.Books;

/// <summary>A column of a file of the books; its header may be in either language.</summary>
/// <param name="Chinese">Its Chinese header.</param>
/// <param name="English">Its English header.</param>
/// <param name="Optional">Whether the file may do without it.</param>
internal sealed record Column(string Chinese, string English, bool Optional = false)
{
    /// <summary>Whether a header is this column's.</summary>
    public bool IsNamed(string header) => header == Chinese || header.Equals(English, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override string ToString() => $"{Chinese} {English}";
}
