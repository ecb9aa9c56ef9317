namespace Xunke.Web.Books.Files;

/// <summary>What is wrong at one place of a file; the rest of the file counts.</summary>
/// <param name="Sheet">The sheet; of a file without sheets, the file's or the part's name.</param>
/// <param name="Cell">Such as "B7"; of a file without cells, such as "line 7"; empty: the whole sheet.</param>
/// <param name="Reason">What is wrong, in Chinese and English.</param>
internal sealed record FileFault(string Sheet, string Cell, string Reason);
