namespace Xunke.Analytics.Behaviours;

/// <summary>What one person is seen to do. A class-level figure counts these; no one is named.</summary>
public enum Behaviour
{
    /// <summary>The joints that a rule needs are not visible. Never a guess.</summary>
    Unknown,

    /// <summary>Head up: looking ahead (抬头).</summary>
    HeadUp,

    /// <summary>Head down: reading or writing (低头、读写).</summary>
    HeadDown,

    /// <summary>The head lies on the desk or on the arms (趴桌).</summary>
    HeadOnDesk,

    /// <summary>A hand is held up (举手).</summary>
    HandRaised,

    /// <summary>Standing at the seat, as a pupil who answers does (起立应答).</summary>
    Standing,
}
