namespace Xunke.Web.Retention;

/// <summary>A kind of record that is kept for so many days.</summary>
internal interface IKeptKind
{
    /// <summary>Its name in the audit trail and in the names of lists, such as <c>visits</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Deletes what is older than a time, in portions that others need not wait for. Everything is in the list, on the disk,
    /// before it goes.
    /// </summary>
    /// <returns>How many each portion had.</returns>
    IAsyncEnumerable<int> DeleteAsync(DateTimeOffset limit, DeletionList list, CancellationToken cancellationToken);

    /// <summary>Which of these are still on record.</summary>
    Task<IReadOnlySet<string>> FindLeftAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);
}
