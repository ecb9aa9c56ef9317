namespace Xunke.Analytics.Behaviours;

/// <summary>Where the teacher is: the grown-up who stands and has no seat.</summary>
public enum TeacherPlace
{
    /// <summary>No candidate for the teacher is visible, or the seats are not known yet.</summary>
    Unknown,

    /// <summary>In front of the class, turned to it or aside (讲台前).</summary>
    Front,

    /// <summary>In front of the class, turned to the board (板书).</summary>
    AtBoard,

    /// <summary>Between the rows or beside them (巡视).</summary>
    AmongPupils,
}
