namespace Xunke.Web.Books.Imports;

/// <summary>What a person has said about the names of a file.</summary>
internal static class NameDecisions
{
    private const int Most = 20_000;

    /// <summary>What was said before, with what is said now: the last word on a name counts.</summary>
    public static IReadOnlyList<NameDecision> Join(IReadOnlyList<NameDecision> before, IReadOnlyList<NameDecision> now) =>
    [
        .. before.Concat(now).GroupBy(one => (one.Thing, one.School, one.Name)).Select(same => same.Last()).TakeLast(Most),
    ];
}
