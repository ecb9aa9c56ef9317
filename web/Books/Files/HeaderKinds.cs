namespace Xunke.Web.Books.Files;

/// <summary>Tells what a row or column of headers says, by most of its words.</summary>
internal static class HeaderKinds
{
    private const double Most = 0.5;

    /// <summary>What most of the words are; Nothing: it cannot be told.</summary>
    public static SheetFact Of(IEnumerable<string> words)
    {
        string[] said = [.. words.Where(word => Words.Key(word).Length > 0)];
        string[] all = [.. said.Where(word => !PeriodLabel.IsNoLesson(word))];
        if (all.Length == 0)
        {
            return SheetFact.Nothing;
        }

        bool Mostly(Func<string, bool> is_) => all.Count(is_) > all.Length * Most;
        return Mostly(word => Weekdays.Find(word) is not null) ? SheetFact.Weekday
            : Mostly(word => PeriodLabel.PartOf(word) != DayPart.Any) ? SheetFact.PartOfDay
            : Mostly(word => PeriodLabel.Parse(word) is { First: > 0 }) ? SheetFact.Period
            : Mostly(word => PeriodLabel.Parse(word) is { First: 0 }) ? SheetFact.Times
            : Mostly(Subjects.IsKnown) ? SheetFact.Subject
            : Mostly(word => Places.IsClass(word) || Places.IsClassOfGrade(word)) ? SheetFact.Class
            : Mostly(word => Places.FindGrade(word) is not null) ? SheetFact.Grade
            : Mostly(Places.IsRoom) ? SheetFact.Room
            : Mostly(People.IsName) ? SheetFact.Teacher
            : SheetFact.Nothing;
    }
}
