using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Xunke.Actors.Persistence;

namespace Xunke.Web.Audit;

/// <summary>
/// Something that is being done: its records, the lines that tell of it, and what it changes in memory. Records and lines
/// are one transaction; memory changes after it.
/// </summary>
internal sealed class Deed(RecordsContext records)
{
    private readonly List<Line> _lines = [];
    private readonly List<Action> _effects = [];
    private readonly List<(DbContext Context, string? Connection)> _joined = [];

    /// <summary>A line of the audit trail that is yet to be written.</summary>
    internal sealed record Line(string UserName, string Action, string Subject, string? Purpose);

    /// <summary>The records, inside the transaction.</summary>
    public RecordsContext Records => records;

    /// <summary>The lines, in their order.</summary>
    public IReadOnlyList<Line> Lines => _lines;

    /// <summary>Adds a line to the audit trail.</summary>
    /// <param name="userName">Account that does it, or <see cref="AuditTrail.System"/>.</param>
    /// <param name="action">What is done, such as "visit.opened".</param>
    /// <param name="subject">What it is done to, such as a room's id.</param>
    /// <param name="purpose">Why, where somebody has said it or the role has a standing purpose.</param>
    public void Tell(string userName, string action, string subject, string? purpose = null) =>
        _lines.Add(new Line(userName, action, subject, purpose));

    /// <summary>Changes memory once everything is on record. Effects run in the order of the records; they must be short and must not throw.</summary>
    public void Afterwards(Action effect) => _effects.Add(effect);

    /// <summary>Takes another context of the same database into the transaction until the deed is done.</summary>
    public async Task JoinAsync(DbContext other)
    {
        _joined.Add((other, other.Database.GetConnectionString()));
        other.Database.SetDbConnection(records.Database.GetDbConnection());
        // A deed has a transaction from its first moment on.
        await other.Database.UseTransactionAsync(records.Database.CurrentTransaction!.GetDbTransaction());
    }

    /// <summary>Everything is on record.</summary>
    internal void TakeEffect()
    {
        foreach (Action effect in _effects)
        {
            effect();
        }
    }

    /// <summary>Gives the contexts that joined their own connections back.</summary>
    internal void Part()
    {
        foreach ((DbContext context, string? connection) in _joined)
        {
            context.Database.UseTransaction(null);
            context.Database.SetDbConnection(null);
            context.Database.SetConnectionString(connection);
        }
    }
}
