using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Alerts;
using Xunke.Actors.Records;
using Xunke.Web.Configuration;
using Xunke.Web.Timetable;

namespace Xunke.Web.Alerts;

/// <summary>Rules and silences, held in memory: they are asked for every room each second. Callable from any thread.</summary>
internal sealed class AlertBook(
    IDbContextFactory<RecordsContext> records, TimetableBook timetable, IOptions<AlertSettings> settings, TimeProvider time) : IAlertPolicy
{
    private volatile AlertRule[] _rules = [.. AlertKinds.All.Select(AlertRules.Usual)];
    private volatile AlertSilence[] _silences = [];

    /// <summary>The rules, by kind.</summary>
    public ImmutableArray<AlertRule> Rules => [.. _rules];

    /// <inheritdoc />
    public AlertRule RuleOf(AlertKind kind) => _rules[(int)kind];

    /// <inheritdoc />
    public bool IsSilenced(AlertPlace place, DateTimeOffset at)
    {
        foreach (AlertSilence silence in _silences)
        {
            if (silence.Holds(place, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc />
    public bool IsElsewhere(string subjectId)
    {
        if (timetable.Names.Subject(subjectId) is { } name)
        {
            foreach (string word in settings.Value.SubjectsElsewhere)
            {
                if (name.Contains(word, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Reads both again.</summary>
    /// <exception cref="System.Data.Common.DbException">They cannot be read now; what was known stays.</exception>
    public async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        List<AlertRuleVersion> versions = await context.AlertRuleVersions.AsNoTracking().ToListAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        List<AlertSilence> silences = await context.AlertSilences.AsNoTracking().Where(one => one.Until > now)
            .ToListAsync(cancellationToken);
        AlertRule[] rules = [.. AlertKinds.All.Select(AlertRules.Usual)];
        foreach (AlertRuleVersion version in versions.OrderBy(one => one.Version))
        {
            rules[(int)version.Kind] = version.Rule;
        }

        (_rules, _silences) = (rules, [.. silences]);
    }
}
