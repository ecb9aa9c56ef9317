namespace Xunke.Tests.Support.Speaking;

/// <summary>Somebody speaks from one second of a lesson to another.</summary>
/// <param name="Speaker">0 for the teacher, 1 and up for pupils.</param>
/// <param name="Start">First sound, in seconds.</param>
/// <param name="End">Last sound, in seconds.</param>
internal sealed record Utterance(int Speaker, double Start, double End)
{
    public bool IsTeacher => Speaker == 0;
}
