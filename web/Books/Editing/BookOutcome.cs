namespace Xunke.Web.Books.Editing;

/// <summary>What became of an edit.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal abstract record BookOutcome<TRow>
{
    /// <summary>It is on record, and counts.</summary>
    internal sealed record Done(TRow Row, Guid Step) : BookOutcome<TRow>;

    /// <summary>There is no such row, or none that the caller may know of.</summary>
    internal sealed record Unknown : BookOutcome<TRow>;

    /// <summary>The caller may not change rows of that school.</summary>
    internal sealed record Forbidden : BookOutcome<TRow>;

    /// <summary>Something is wrong with it.</summary>
    internal sealed record Wrong(IReadOnlyList<FieldFault> Faults) : BookOutcome<TRow>;

    /// <summary>Somebody else has changed it since it was seen; this is what it is now.</summary>
    internal sealed record Changed(TRow Current) : BookOutcome<TRow>;

    /// <summary>It cannot go while something needs it.</summary>
    internal sealed record InUse(IReadOnlyList<BookUse> Uses) : BookOutcome<TRow>;
}
