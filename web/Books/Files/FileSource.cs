namespace Xunke.Web.Books.Files;

/// <summary>Where something was read.</summary>
/// <param name="Sheet">The sheet or the part of the file.</param>
/// <param name="Cell">Such as "B7"; of a file without cells, such as "line 7".</param>
internal readonly record struct FileSource(string Sheet, string Cell);
