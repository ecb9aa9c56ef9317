namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>The names of a list that a person may have a say in, with what was said. Each is settled once.</summary>
internal sealed class RosterNames(IReadOnlyList<NameDecision> decisions)
{
    private readonly Dictionary<(NamedThing Thing, string? School, string Name), NameDecision> _said = decisions
        .GroupBy(one => (one.Thing, one.School, one.Name)).ToDictionary(same => same.Key, same => same.Last());

    private readonly Dictionary<(NamedThing Thing, string? School, string Name), FoundName> _found = [];

    /// <summary>All of them: the open ones first.</summary>
    public IReadOnlyList<FoundName> All =>
    [
        .. _found.Values.OrderBy(name => name.Answer).ThenBy(name => name.Thing)
            .ThenBy(name => name.School, StringComparer.Ordinal).ThenBy(name => name.Name, StringComparer.Ordinal),
    ];

    /// <summary>Settles a name, or finds how it was settled; each asking counts as a row of the file.</summary>
    /// <param name="thing">What it is the name of.</param>
    /// <param name="school">Of which school, as the file calls it.</param>
    /// <param name="name">The name.</param>
    /// <param name="settle">Answers with what a person has said, or null.</param>
    public FoundName Settle(NamedThing thing, string? school, string name, Func<NameDecision?, FoundName> settle)
    {
        (NamedThing, string?, string) key = (thing, school, name);
        FoundName found = _found.TryGetValue(key, out FoundName? known) ? known : settle(_said.GetValueOrDefault(key));
        return _found[key] = found with { Lessons = (known?.Lessons ?? 0) + 1 };
    }
}
