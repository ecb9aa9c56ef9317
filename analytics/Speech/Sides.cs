namespace Xunke.Analytics.Speech;

/// <summary>Which side speaks in a piece.</summary>
/// <param name="Confidence">How surely, 0.5 to 1.</param>
internal readonly record struct Side(Speaker Speaker, double Confidence);

/// <summary>Tells the teacher's pieces of speech from the pupils'.</summary>
internal static class Sides
{
    /// <summary>Nothing that is learnt from the sound alone deserves more.</summary>
    private const double Surest = 0.99;

    /// <summary>What one voice alone deserves: whose it is was not heard.</summary>
    private const double OneVoiceConfidence = 0.6;

    /// <summary>Squared distances over log-odds: 2 for normal distributions; real voices' tails are heavier.</summary>
    private const double OddsSpread = 8;

    /// <summary>One channel: the voice that speaks most is the teacher's, all others are pupils'.</summary>
    public static (Side[] Sides, bool Several) ByVoice(IReadOnlyList<VoicePiece> pieces)
    {
        double[]?[] places = VoiceSpace.Place(pieces);
        int[] voiced = [.. Enumerable.Range(0, pieces.Count).Where(i => places[i] is not null)];
        int[] labels = VoiceClusters.Group(Array.ConvertAll(voiced, i => places[i]!), Array.ConvertAll(voiced, i => pieces[i].Span.Length));
        int?[] clusters = new int?[pieces.Count];
        for (int i = 0; i < voiced.Length; i++)
        {
            clusters[voiced[i]] = labels[i];
        }

        SpeechFlow.GiveTeacherWhatGoesOn(pieces, clusters);
        if (clusters.Max() is null or 0)
        {
            return ([.. pieces.Select(_ => new Side(Speaker.Teacher, OneVoiceConfidence))], false);
        }

        return ([.. SpeechFlow.Smooth(pieces, Leads(places, clusters)).Select(ToSide)], true);
    }

    /// <summary>
    /// Two channels, the teacher's microphone and the room's: which hears more of a piece. Null where the microphones do not
    /// differ clearly.
    /// </summary>
    public static Side[]? ByChannel(IReadOnlyList<VoicePiece> pieces, IReadOnlyList<float> teacher, IReadOnlyList<float> room)
    {
        double[] lead = [.. pieces.Select(piece => Decibels(Energy(piece, teacher)) - Decibels(Energy(piece, room)))];
        if (ChannelBorder.Find(lead) is not { } border)
        {
            return null;
        }

        return Array.ConvertAll(lead, decibels => new Side(
            decibels >= border.At ? Speaker.Teacher : Speaker.Pupils,
            Math.Min(Surest, 0.5 + Math.Abs(decibels - border.At) / border.Distance)));
    }

    private static double Energy(VoicePiece piece, IReadOnlyList<float> energies)
    {
        double sum = 0;
        for (int chunk = piece.Span.From; chunk < piece.Span.To; chunk++)
        {
            sum += energies[chunk];
        }

        return sum / piece.Span.Length;
    }

    private static double Decibels(double energy) => 10 * Math.Log10(energy + 1e-10);

    private static Side ToSide(double odds) =>
        new(odds >= 0 ? Speaker.Teacher : Speaker.Pupils, Math.Clamp(1 / (1 + Math.Exp(-Math.Abs(odds))), 0.5, Surest));

    /// <summary>Log-odds for each piece that the teacher speaks, from the distances to the teacher's and the pupils' centres.</summary>
    private static double[] Leads(double[]?[] places, int?[] clusters)
    {
        double[][] centres = [.. clusters.OfType<int>().Distinct().Order().Select(cluster => Centre(places, clusters, cluster))];
        return Array.ConvertAll(places, place => place is null
            ? 0
            : (centres.Skip(1).Min(centre => Distance(place, centre)) - Distance(place, centres[0])) / OddsSpread);
    }

    private static double[] Centre(double[]?[] places, int?[] clusters, int cluster)
    {
        double[][] members = [.. places.Where((_, i) => clusters[i] == cluster).OfType<double[]>()];
        double[] centre = new double[VoicePiece.Size];
        foreach (double[] member in members)
        {
            for (int k = 0; k < centre.Length; k++)
            {
                centre[k] += member[k] / members.Length;
            }
        }

        return centre;
    }

    private static double Distance(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
        {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }

        return sum;
    }
}
