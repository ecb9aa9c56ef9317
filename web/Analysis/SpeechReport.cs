using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;

namespace Xunke.Web.Analysis;

/// <summary>What was heard in a stretch of a lesson, each as a figure with what it is made of.</summary>
/// <param name="speech">What was heard.</param>
/// <param name="length">The stretch's length.</param>
/// <param name="coverage">The share of it that was heard.</param>
internal sealed class SpeechReport(SpeechFigures speech, TimeSpan length, double coverage)
{
    private readonly int _seconds = (int)(length.TotalSeconds * coverage);

    public Figure TeacherTalk => Of(speech.TeacherShare, _seconds, SpeechFigures.ShareFormula);

    public Figure PupilTalk => Of(speech.PupilShare, _seconds, SpeechFigures.ShareFormula);

    public Figure ManyAtOnce => Of(speech.HubbubShare, _seconds, SpeechFigures.ShareFormula);

    public Figure Silence => Of(speech.SilenceShare, _seconds, SpeechFigures.ShareFormula);

    public Figure Turns => Of(speech.Turns, speech.Turns, SpeechFigures.TurnFormula);

    public Figure WaitSeconds => Of(speech.MedianWait, speech.Waits, SpeechFigures.WaitFormula);

    public Figure SpeechLevelDbfs => Of(speech.SpeechLevel, _seconds, SpeechFigures.LevelFormula);

    public Figure QuietLevelDbfs => Of(speech.QuietLevel, _seconds, SpeechFigures.LevelFormula);

    public double? Confidence => speech.Confidence;

    private Figure Of(double? value, int n, string formula)
    {
        bool heard = coverage > 0 && value is not null;
        TimeSpan interval = formula == SpeechFigures.LevelFormula ? TimeSpan.FromSeconds(1) : SoundFormat.ChunkTime;
        return new Figure(heard ? value : null, heard ? FigureState.Ok : FigureState.NotEnoughSeen, n, coverage, interval, formula);
    }
}
