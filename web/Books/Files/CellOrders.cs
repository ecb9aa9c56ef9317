namespace Xunke.Web.Books.Files;

/// <summary>Learns from all cells of a grid in which order they say subject, teacher, room and class.</summary>
internal static class CellOrders
{
    private static readonly SheetFact[] Facts = [SheetFact.Subject, SheetFact.Teacher, SheetFact.Room, SheetFact.Class];

    /// <summary>The order that most cells have.</summary>
    /// <param name="cells">The texts of the cells.</param>
    /// <param name="headersSay">What the headers say already, which cells do not repeat.</param>
    public static IReadOnlyList<SheetFact> Learn(IEnumerable<string> cells, IReadOnlySet<SheetFact> headersSay)
    {
        CellGroup[] groups = [.. cells.SelectMany(CellTokens.Split)];
        if (groups.Length == 0)
        {
            return [SheetFact.Subject];
        }

        int parts = groups.GroupBy(group => group.Tokens.Count).MaxBy(same => (same.Count(), same.Key))!.Key;
        CellGroup[] usual = [.. groups.Where(group => group.Tokens.Count == parts)];
        var order = new SheetFact[parts];
        var free = Facts.Where(fact => !headersSay.Contains(fact)).ToList();
        var open = Enumerable.Range(0, parts).ToList();
        while (free.Count > 0 && open.Count > 0)
        {
            (int place, SheetFact fact, int votes) = open
                .SelectMany(at => free.Select(says => (at, says, Votes: usual.Sum(cell => Vote(cell.Tokens[at], says)))))
                .MaxBy(vote => (vote.Votes, -vote.at, -Array.IndexOf(Facts, vote.says)));
            if (votes == 0)
            {
                break;
            }

            order[place] = fact;
            open.Remove(place);
            free.Remove(fact);
        }

        return order;
    }

    private static int Vote(CellToken token, SheetFact fact) => token.Sure == fact ? 4 : token.MayBe(fact) ? 1 : 0;
}
