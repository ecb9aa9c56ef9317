namespace Xunke.Analytics.Speech;

/// <summary>
/// About a second of speech without a pause, and how the voice in it sounds on average. Not a person's identity: it lives as long
/// as the analysis of one lesson and is never stored.
/// </summary>
/// <param name="GoesOn">It follows the piece before it without a pause, so that both are most likely one speaker's.</param>
/// <param name="Voice"><see cref="Size"/> numbers, or null where too little of it is voiced to tell a speaker by.</param>
internal sealed record VoicePiece(SpeechSpan Span, bool GoesOn, double[]? Voice)
{
    /// <summary>Numbers that describe a voice: the spectrum's shape and the logarithm of the pitch.</summary>
    public const int Size = MelCepstrum.Size + 1;

    /// <summary>Chunks that a piece has at most: about a second.</summary>
    private const int Longest = 31;

    /// <summary>Voiced chunks that a piece must have to tell a speaker by.</summary>
    private const int VoicedNeeded = 4;

    /// <summary>Pieces that are compared with each other at most; a longer lesson has longer ones.</summary>
    private const int MostPieces = 4000;

    public static List<VoicePiece> Cut(HeardChannel channel, List<SpeechSpan> speech)
    {
        int longest = Math.Max(Longest, speech.Sum(span => span.Length) / MostPieces);
        var pieces = new List<VoicePiece>();
        foreach (SpeechSpan span in speech)
        {
            int parts = (span.Length + longest - 1) / longest;
            for (int part = 0; part < parts; part++)
            {
                var cut = new SpeechSpan(span.From + span.Length * part / parts, span.From + span.Length * (part + 1) / parts);
                pieces.Add(new VoicePiece(cut, part > 0, Describe(channel, cut)));
            }
        }

        return pieces;
    }

    /// <summary>Mean over the voiced chunks: where the voice is clearest above the noise and has a pitch.</summary>
    private static double[]? Describe(HeardChannel channel, SpeechSpan span)
    {
        ReadOnlySpan<float> cepstra = channel.Cepstra;
        double[] sum = new double[Size];
        int voiced = 0;
        for (int chunk = span.From; chunk < span.To; chunk++)
        {
            if (channel.Pitches[chunk] <= 0)
            {
                continue;
            }

            voiced++;
            sum[^1] += Math.Log(channel.Pitches[chunk]);
            int first = chunk * HeardChannel.SpectraPerChunk * MelCepstrum.Size;
            for (int i = 0; i < HeardChannel.SpectraPerChunk * MelCepstrum.Size; i++)
            {
                sum[i % MelCepstrum.Size] += cepstra[first + i] / HeardChannel.SpectraPerChunk;
            }
        }

        return voiced < VoicedNeeded ? null : Array.ConvertAll(sum, value => value / voiced);
    }
}
