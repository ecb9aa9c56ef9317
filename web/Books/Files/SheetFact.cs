namespace Xunke.Web.Books.Files;

/// <summary>What a header, a column or a part of a cell says.</summary>
internal enum SheetFact
{
    /// <summary>Nothing that counts.</summary>
    Nothing,

    /// <summary>The weekday.</summary>
    Weekday,

    /// <summary>The period, or several.</summary>
    Period,

    /// <summary>The weekday and the period in one, such as 周一第3节.</summary>
    WeekdayAndPeriod,

    /// <summary>The part of the day: 上午, 下午.</summary>
    PartOfDay,

    /// <summary>When the period begins and ends, such as 8:00-8:40.</summary>
    Times,

    /// <summary>When the period begins.</summary>
    Start,

    /// <summary>When the period ends.</summary>
    End,

    /// <summary>The class.</summary>
    Class,

    /// <summary>The grade, where the class is only its number.</summary>
    Grade,

    /// <summary>The teacher.</summary>
    Teacher,

    /// <summary>The subject.</summary>
    Subject,

    /// <summary>The room.</summary>
    Room,

    /// <summary>The first week, or a range of weeks.</summary>
    FirstWeek,

    /// <summary>The last week.</summary>
    LastWeek,

    /// <summary>Odd or even weeks 单双周.</summary>
    Rotation,

    /// <summary>The school, in a file of the whole district.</summary>
    School,

    /// <summary>A cell of a grid: subject, teacher and room in one.</summary>
    Cell,
}
