namespace Xunke.Actors.Forms;

/// <summary>What somebody answers to an item.</summary>
/// <param name="Value">The level's points, 1 or 0 for yes or no, or the count; null: not answered.</param>
/// <param name="Text">The words of an item that asks for words.</param>
/// <param name="NotApplicable">It does not apply to this lesson.</param>
/// <param name="Remark">Words beside the answer.</param>
public sealed record FormAnswer(int? Value, string? Text, bool NotApplicable, string? Remark)
{
    /// <summary>The most characters of words that are an answer.</summary>
    public const int LongestText = 2000;

    /// <summary>The most characters beside an answer.</summary>
    public const int LongestRemark = 500;

    private const int MostCounted = 9999;

    /// <summary>Whether there is an answer in it.</summary>
    public bool IsAnswered() => NotApplicable || Value is not null || !string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether the item can be answered so.</summary>
    public bool Fits(FormItem item)
    {
        if ((Remark is { Length: > 0 } && !item.MayRemark) || Remark?.Length > LongestRemark || Text?.Length > LongestText)
        {
            return false;
        }

        if (NotApplicable)
        {
            return item.MayNotApply && Value is null && string.IsNullOrEmpty(Text);
        }

        return item.Kind switch
        {
            ItemKind.Text => Value is null,
            ItemKind.Score or ItemKind.Grade => HasNoText() && (Value is null || item.Levels.Any(level => level.Points == Value)),
            ItemKind.YesNo => HasNoText() && Value is null or 0 or 1,
            _ => HasNoText() && Value is null or (>= 0 and <= MostCounted),
        };

        bool HasNoText() => string.IsNullOrEmpty(Text);
    }

    /// <summary>The points that it gives, and the most that it could have; null: it counts nowhere.</summary>
    public (int Points, int Max)? PointsOf(FormItem item) => NotApplicable || Value is not { } value || !item.IsScored() ? null
        : item.Kind is ItemKind.YesNo ? (value * item.Max, item.Max) : (value, item.Max);
}
