using Xunke.Actors.Records;

namespace Xunke.Web.Audit;

/// <summary>
/// Something that is being done: its records, the lines that tell of it, and what it changes in memory. Records and lines
/// are one transaction; memory changes after it.
/// </summary>
internal sealed class Deed(RecordsContext records)
{
    private readonly List<Line> _lines = [];
    private readonly List<Action> _effects = [];

    /// <summary>A line of the audit trail that is yet to be written.</summary>
    internal sealed record Line(string UserName, string Action, string Subject, string? Purpose);

    /// <summary>The records, inside the transaction.</summary>
    public RecordsContext Records => records;

    /// <summary>The lines, in their order.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>Whether nothing of it is to be kept.</summary>
    internal bool IsGivenUp { get; private set; }

    /// <summary>Adds a line to the audit trail.</summary>
    /// <param name="userName">Account that does it, or <see cref="AuditTrail.System"/>.</param>
    /// <param name="action">What is done, such as "visit.opened".</param>
    /// <param name="subject">What it is done to, such as a room's id.</param>
    /// <param name="purpose">Why, where somebody has said it or the role has a standing purpose.</param>
    public void Tell(string userName, string action, string subject, string? purpose = null) =>
        _lines.Add(new Line(userName, action, subject, purpose));

    /// <summary>Changes memory once everything is on record. Effects run in the order of the records; they must be short and must not
    /// throw.</summary>
    public void Afterwards(Action effect) => _effects.Add(effect);

    /// <summary>Nothing of it is kept, whatever was written: something speaks against it.</summary>
    public void GiveUp() => IsGivenUp = true;

    /// <summary>Everything is on record.</summary>
    internal void TakeEffect()
    {
        foreach (Action effect in _effects)
        {
            effect();
        }
    }
}
