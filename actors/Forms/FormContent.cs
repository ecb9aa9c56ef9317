namespace Xunke.Actors.Forms;

/// <summary>What is asked in one version of a form.</summary>
/// <param name="Groups">Their weights make 100.</param>
/// <param name="Bands">From the best; none: a total has no word.</param>
/// <param name="LessonKinds">The kinds of lessons (课型) that it is for; none: all.</param>
public sealed record FormContent(IReadOnlyList<FormGroup> Groups, IReadOnlyList<FormBand> Bands, IReadOnlyList<string> LessonKinds)
{
    /// <summary>All items, in their order.</summary>
    public IEnumerable<FormItem> Items() => Groups.SelectMany(group => group.Items);

    /// <summary>An item; null: there is none of the key.</summary>
    public FormItem? Find(string key) => Items().FirstOrDefault(item => item.Key == key);

    /// <summary>What is answered before anybody has answered.</summary>
    public Dictionary<string, FormAnswer> UsualAnswers() => Items().Where(item => item.Usual is not null)
        .ToDictionary(item => item.Key, item => new FormAnswer(item.Usual, null, false, null));
}

/// <summary>Items that belong together.</summary>
/// <param name="Key">Its name within the form, the same in every version.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English; empty: as in Chinese.</param>
/// <param name="Weight">Its share of the total, in percent.</param>
/// <param name="Items">What is asked.</param>
public sealed record FormGroup(string Key, string Name, string NameEn, int Weight, IReadOnlyList<FormItem> Items);

/// <summary>Something that is asked.</summary>
/// <param name="Key">Its name within the form, the same in every version.</param>
/// <param name="Text">In Chinese.</param>
/// <param name="TextEn">In English; empty: as in Chinese.</param>
/// <param name="Kind">How it is answered.</param>
/// <param name="Max">The most points; 0: it is not counted.</param>
/// <param name="Levels">Of a score or a grade, from the best.</param>
/// <param name="MayNotApply">Whether "not applicable" is an answer.</param>
/// <param name="MayRemark">Whether words may stand beside the answer.</param>
/// <param name="Usual">The answer that stands unless somebody gives another; null: none.</param>
public sealed record FormItem(
    string Key, string Text, string TextEn, ItemKind Kind, int Max, IReadOnlyList<FormLevel> Levels, bool MayNotApply, bool MayRemark,
    int? Usual)
{
    /// <summary>Whether it counts in the total.</summary>
    public bool IsScored() => Max > 0;
}

/// <summary>A level of an item: its points, and what one sees in a lesson of that level, or the grade word.</summary>
public sealed record FormLevel(int Points, string Text, string TextEn);

/// <summary>A word for totals.</summary>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English; empty: as in Chinese.</param>
/// <param name="From">The least total that has it, in percent.</param>
public sealed record FormBand(string Name, string NameEn, int From);
