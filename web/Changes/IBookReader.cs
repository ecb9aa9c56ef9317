namespace Xunke.Web.Changes;

/// <summary>Whatever holds something of the books in memory: it reads them again when they have changed.</summary>
internal interface IBookReader
{
    /// <summary>Reads the books. Calls follow one another.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read now; it is tried again.</exception>
    Task ReadBooksAsync(CancellationToken cancellationToken);
}
