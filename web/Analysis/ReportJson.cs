using System.Text.Json;
using Xunke.Analytics.Lessons;
using Xunke.Analytics.Speech;

namespace Xunke.Web.Analysis;

/// <summary>The parts of a report that occur in several places (docs/analyse.md).</summary>
internal static class ReportJson
{
    /// <summary>An enumeration's value as reports spell it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>A number with at most so many digits after the point; null where there is none.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double? value, int digits = 4)
    {
        json.WritePropertyName(name);
        json.Value(value, digits);
    }

    /// <summary>A number in an array.</summary>
    public static void Value(this Utf8JsonWriter json, double? value, int digits)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumberValue(Math.Round((decimal)number, digits));
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>A time in seconds.</summary>
    public static void Seconds(this Utf8JsonWriter json, string name, TimeSpan time) => json.Number(name, time.TotalSeconds, 3);

    /// <summary>A figure with all that it is made of.</summary>
    public static void Figure(this Utf8JsonWriter json, string name, Figure figure)
    {
        json.WriteStartObject(name);
        json.Number("value", figure.Value);
        json.WriteString("state", Name(figure.State));
        json.WriteNumber("n", figure.N);
        json.Number("coverage", figure.Coverage);
        json.Seconds("intervalSeconds", figure.Interval);
        json.WriteString("formula", figure.Formula);
        json.WriteEndObject();
    }

    /// <summary>The figures of a stretch, into an object that is already open.</summary>
    public static void Stretch(this Utf8JsonWriter json, LessonStretch stretch)
    {
        json.Seconds("from", stretch.From);
        json.Seconds("to", stretch.To);
        json.Figure("headUpRate", stretch.HeadUpRate);
        json.Figure("participation", stretch.Participation);
        json.Figure("response", stretch.Response);
        json.Figure("interactionPerMinute", stretch.Interaction);
        json.WriteStartObject("histogram");
        json.WriteNumber("known", stretch.Histogram.Known);
        json.Number("people", stretch.Histogram.People);
        json.Number("handRaised", stretch.Histogram.HandRaised);
        json.Number("standing", stretch.Histogram.Standing);
        json.Number("headUp", stretch.Histogram.HeadUp);
        json.Number("headDown", stretch.Histogram.HeadDown);
        json.Number("headOnDesk", stretch.Histogram.HeadOnDesk);
        json.Number("talkingToNeighbour", stretch.Histogram.TalkingToNeighbour);
        json.WriteEndObject();
        if (stretch.Teacher is { } teacher)
        {
            json.WriteStartObject("teacher");
            json.Figure("front", teacher.Front);
            json.Figure("atBoard", teacher.AtBoard);
            json.Figure("amongPupils", teacher.AmongPupils);
            json.WriteEndObject();
        }

        if (stretch.Speech is { } speech)
        {
            json.Speech(speech, stretch.To - stretch.From, stretch.Interaction.Coverage);
        }
    }

    private static void Speech(this Utf8JsonWriter json, SpeechFigures speech, TimeSpan length, double coverage)
    {
        int seconds = (int)(length.TotalSeconds * coverage);
        json.WriteStartObject("speech");
        json.Figure("teacherTalk", Of(speech.TeacherShare, seconds, SpeechFigures.ShareFormula));
        json.Figure("pupilTalk", Of(speech.PupilShare, seconds, SpeechFigures.ShareFormula));
        json.Figure("manyAtOnce", Of(speech.HubbubShare, seconds, SpeechFigures.ShareFormula));
        json.Figure("silence", Of(speech.SilenceShare, seconds, SpeechFigures.ShareFormula));
        json.Figure("turns", Of(speech.Turns, speech.Turns, SpeechFigures.TurnFormula));
        json.Figure("waitSeconds", Of(speech.MedianWait, speech.Waits, SpeechFigures.WaitFormula));
        json.Figure("speechLevelDbfs", Of(speech.SpeechLevel, seconds, SpeechFigures.LevelFormula));
        json.Figure("quietLevelDbfs", Of(speech.QuietLevel, seconds, SpeechFigures.LevelFormula));
        json.Number("confidence", speech.Confidence);
        json.WriteEndObject();

        Figure Of(double? value, int n, string formula)
        {
            bool heard = coverage > 0 && value is not null;
            TimeSpan interval = formula == SpeechFigures.LevelFormula ? TimeSpan.FromSeconds(1) : SoundFormat.ChunkTime;
            return new Figure(heard ? value : null, heard ? FigureState.Ok : FigureState.NotEnoughSeen, n, coverage, interval, formula);
        }
    }
}
