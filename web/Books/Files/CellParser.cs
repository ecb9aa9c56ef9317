namespace Xunke.Web.Books.Files;

/// <summary>Reads the cells of a grid, in a known order of their parts.</summary>
/// <param name="order">What the parts say.</param>
/// <param name="teachers">Names that other cells have where the teacher stands.</param>
internal sealed class CellParser(IReadOnlyList<SheetFact> order, IReadOnlySet<string> teachers)
{
    private const string Unclear = "看不懂这一格 the cell cannot be understood";

    /// <summary>Learns the teachers' names of a grid.</summary>
    public static CellParser Of(IReadOnlyList<SheetFact> order, IEnumerable<string> cells)
    {
        int place = order.ToList().IndexOf(SheetFact.Teacher);
        return new CellParser(
            order,
            place < 0 ? new HashSet<string>() : cells.SelectMany(CellTokens.Split).Where(group => group.Tokens.Count == order.Count)
                .Select(group => group.Tokens[place]).Where(token => token.Sure != SheetFact.Subject)
                .Select(token => token.Text).ToHashSet());
    }

    /// <summary>Reads a cell.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="fault">Why it could not be read; null: it could.</param>
    public IReadOnlyList<CellLesson> Parse(string text, out string? fault)
    {
        fault = null;
        var lessons = new List<CellLesson>();
        foreach (CellGroup group in CellTokens.Split(text))
        {
            if (Assign(group, out fault) is not { } lesson)
            {
                return [];
            }

            lessons.Add(lesson);
        }

        fault = lessons.Count == 0 ? Unclear : null;
        return lessons;
    }

    private CellLesson? Assign(CellGroup group, out string? fault)
    {
        fault = null;
        var found = new Dictionary<SheetFact, List<string>>();
        IReadOnlyList<CellToken> tokens = group.Tokens;
        if (tokens.Count == order.Count && tokens.Select((token, i) => order[i] == SheetFact.Nothing || token.MayBe(order[i])
            || tokens.Count == 1).All(fits => fits))
        {
            for (int i = 0; i < order.Count; i++)
            {
                Take(order[i], tokens[i]);
            }

            return Lesson();
        }

        var rest = new List<CellToken>();
        foreach (CellToken token in tokens)
        {
            SheetFact sure = teachers.Contains(token.Text) && token.Sure != SheetFact.Subject ? SheetFact.Teacher : token.Sure;
            // One word alone is the subject, unless others show that it is a person.
            if (sure == SheetFact.Teacher && tokens.Count == 1 && order.Contains(SheetFact.Subject) && !teachers.Contains(token.Text))
            {
                sure = SheetFact.Nothing;
            }

            if (sure == SheetFact.Nothing)
            {
                rest.Add(token);
            }
            else if (sure == SheetFact.Subject && found.ContainsKey(SheetFact.Subject))
            {
                fault = $"一格里有两门课 two subjects in one cell: “{found[SheetFact.Subject][0]}”, “{token.Text}”；"
                    + "请写明单双周，如 语文(单周)/书法(双周) say which weeks";
                return null;
            }
            else
            {
                Take(sure, token);
            }
        }

        foreach (CellToken token in rest)
        {
            SheetFact fact = order.Concat([SheetFact.Room, SheetFact.Teacher]).FirstOrDefault(fact =>
                fact != SheetFact.Nothing && !found.ContainsKey(fact)
                && (token.MayBe(fact) || (rest.Count == 1 && fact == SheetFact.Subject)));
            if (fact == SheetFact.Nothing)
            {
                fault = $"{Unclear}: “{token.Text}”";
                return null;
            }

            Take(fact, token);
        }

        return Lesson();

        void Take(SheetFact fact, CellToken token)
        {
            if (!found.TryGetValue(fact, out List<string>? texts))
            {
                found[fact] = texts = [];
            }

            texts.Add(token.Text);
        }

        string? Text(SheetFact fact) => found.TryGetValue(fact, out List<string>? texts) ? string.Join('、', texts) : null;

        CellLesson Lesson() => new(
            Text(SheetFact.Subject),
            Text(SheetFact.Teacher),
            Text(SheetFact.Room),
            found.GetValueOrDefault(SheetFact.Class) ?? [],
            group.Weeks);
    }
}
