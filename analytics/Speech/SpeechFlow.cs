namespace Xunke.Analytics.Speech;

/// <summary>
/// What the order of speech says about its speakers: whoever goes on without a pause is nearly always the same, and whoever speaks
/// after a pause is most often the same.
/// </summary>
internal static class SpeechFlow
{
    /// <summary>A cluster that borders on the teacher's speech without a pause this often is the teacher's too.</summary>
    private const double GoesOnShare = 0.5;

    /// <summary>Log-odds against a change of sides amid unbroken speech.</summary>
    private const double ChangeWithoutPause = 6;

    /// <summary>Log-odds against a change of sides at a pause.</summary>
    private const double ChangeAtPause = 1.5;

    /// <summary>Largest log-odds that a single piece contributes.</summary>
    private const double MostOdds = 5;

    /// <summary>Gives clusters to the teacher whose pieces mostly hang together with the teacher's, until none is left.</summary>
    /// <param name="clusters">The cluster of each, 0 for the teacher's, null for none; changed in place.</param>
    public static void GiveTeacherWhatGoesOn(IReadOnlyList<VoicePiece> pieces, int?[] clusters)
    {
        while (true)
        {
            var links = new Dictionary<int, (int Teacher, int All)>();
            for (int i = 1; i < clusters.Length; i++)
            {
                if (pieces[i].GoesOn && clusters[i - 1] is { } one && clusters[i] is { } next)
                {
                    Count(links, one, next);
                    Count(links, next, one);
                }
            }

            int given = links.Where(link => link.Key != 0 && link.Value.Teacher > GoesOnShare * link.Value.All)
                .Select(link => link.Key).DefaultIfEmpty(0).Min();
            if (given == 0)
            {
                return;
            }

            for (int i = 0; i < clusters.Length; i++)
            {
                clusters[i] = clusters[i] == given ? 0 : clusters[i];
            }
        }
    }

    /// <summary>The likeliest order of sides, given what each piece says for itself (Viterbi, 1967).</summary>
    /// <param name="odds">For each the log-odds that the teacher speaks; 0 where it does not say.</param>
    /// <returns>Log-odds with the sign of the side found: what a piece says for the other side counts as 0.</returns>
    public static double[] Smooth(IReadOnlyList<VoicePiece> pieces, double[] odds)
    {
        var fromOther = new (bool Teacher, bool Pupils)[odds.Length];
        double teacher = 0, pupils = 0;
        for (int i = 0; i < odds.Length; i++)
        {
            double change = i == 0 ? 0 : pieces[i].GoesOn ? ChangeWithoutPause : ChangeAtPause;
            fromOther[i] = (pupils - change > teacher, teacher - change > pupils);
            double says = Math.Clamp(odds[i], -MostOdds, MostOdds) / 2;
            (teacher, pupils) = (Math.Max(teacher, pupils - change) + says, Math.Max(pupils, teacher - change) - says);
        }

        double[] smoothed = new double[odds.Length];
        bool isTeacher = teacher >= pupils;
        for (int i = odds.Length - 1; i >= 0; i--)
        {
            smoothed[i] = isTeacher ? Math.Max(odds[i], 0) : Math.Min(odds[i], -1e-9);
            isTeacher ^= isTeacher ? fromOther[i].Teacher : fromOther[i].Pupils;
        }

        return smoothed;
    }

    private static void Count(Dictionary<int, (int Teacher, int All)> links, int of, int to)
    {
        (int teacher, int all) = links.GetValueOrDefault(of);
        links[of] = (teacher + (to == 0 ? 1 : 0), all + 1);
    }
}
