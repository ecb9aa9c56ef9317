using Microsoft.Extensions.Logging;
using Xunke.Actors.Lessons;

namespace Xunke.Actors.Alerts;

/// <summary>Puts alerts on record. Callable from any thread.</summary>
public interface IAlertRecords
{
    /// <summary>The places of a school whose alerts were raised and not cleared.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read now.</exception>
    Task<IReadOnlyList<AlertPlace>> OpenAsync(string schoolId);

    /// <summary>Puts changes on record, in their order, each once however often it is told.</summary>
    /// <returns>Whether they are on record; false: the database is out, tell them again.</returns>
    Task<bool> TryWriteAsync(IReadOnlyList<AlertChange> changes);
}

/// <summary>What the district says of its alerts now. Callable from any thread; asked for every room each second.</summary>
public interface IAlertPolicy
{
    /// <summary>The rule of a kind.</summary>
    AlertRule RuleOf(AlertKind kind);

    /// <summary>Whether somebody has silenced a place.</summary>
    bool IsSilenced(AlertPlace place, DateTimeOffset at);

    /// <summary>Whether classes leave their room for a subject, such as for the playground, though the timetable has them in it.</summary>
    bool IsElsewhere(string subjectId);
}

/// <summary>What the alerts of a node need.</summary>
/// <param name="Records">Where they are put on record.</param>
/// <param name="Policy">Rules and silences.</param>
/// <param name="Timetable">What the rooms have by their schools' timetables.</param>
/// <param name="Grace">So long after the start no camera counts as lost.</param>
public sealed record AlertSetup(IAlertRecords Records, IAlertPolicy Policy, ITimetable Timetable, TimeSpan Grace);

/// <summary>What the alerts of all schools of a node share.</summary>
/// <param name="Setup">Rules and records.</param>
/// <param name="ServerStart">When the server started.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logger">Gets what goes wrong.</param>
internal sealed record AlertServices(AlertSetup Setup, DateTimeOffset ServerStart, TimeProvider Time, ILogger Logger);
