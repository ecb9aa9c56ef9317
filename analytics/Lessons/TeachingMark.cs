namespace Xunke.Analytics.Lessons;

/// <summary>Who an interval of the lesson belongs to in S-T analysis.</summary>
public enum TeachingMark
{
    /// <summary>Hardly anybody speaks: outside N.</summary>
    Silence,

    /// <summary>T: the teacher speaks at least as long as the pupils.</summary>
    Teacher,

    /// <summary>S: pupils speak longer than the teacher.</summary>
    Student,
}

/// <summary>The kind of lesson that Rt and Ch say it was.</summary>
public enum TeachingMode
{
    /// <summary>Rt at most 0.3: pupils' work (练习型).</summary>
    Practice,

    /// <summary>Rt at least 0.7: the teacher's lecture (讲授型).</summary>
    Lecture,

    /// <summary>Between, with Ch at least 0.4: dialogue (对话型).</summary>
    Dialogue,

    /// <summary>Between, with Ch below 0.4 (混合型).</summary>
    Mixed,
}
