namespace Xunke.Web.Books.Files;

/// <summary>In which weeks of a cycle a lesson is held.</summary>
/// <param name="Length">How many weeks the cycle has, 1 to 4; 2 is the usual 单双周.</param>
/// <param name="Week">Which of them, from 1; of two, 1 is odd 单周 and 2 even 双周.</param>
internal readonly record struct Rotation(int Length, int Week)
{
    /// <summary>Most weeks of a cycle.</summary>
    public const int Longest = 4;

    /// <summary>Every week.</summary>
    public static Rotation Every { get; } = new(1, 1);

    /// <summary>Odd weeks 单周.</summary>
    public static Rotation Odd { get; } = new(2, 1);

    /// <summary>Even weeks 双周.</summary>
    public static Rotation Even { get; } = new(2, 2);
}
