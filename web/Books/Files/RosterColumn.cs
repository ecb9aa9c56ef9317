namespace Xunke.Web.Books.Files;

/// <summary>What a column of a list of teachers, classes or subjects says.</summary>
internal enum RosterColumn
{
    /// <summary>A teacher's name.</summary>
    Teacher,

    /// <summary>A teacher's number 工号.</summary>
    Number,

    /// <summary>A subject, or a teacher's.</summary>
    Subject,

    /// <summary>A subject's code.</summary>
    Code,

    /// <summary>The school.</summary>
    School,

    /// <summary>A class.</summary>
    Class,

    /// <summary>The grade.</summary>
    Grade,

    /// <summary>How many pupils.</summary>
    Pupils,

    /// <summary>The room.</summary>
    Room,

    /// <summary>A room's number.</summary>
    RoomNumber,

    /// <summary>The name to sign in with.</summary>
    User,
}
