using System.Reflection;
using NetArchTest.Rules;

namespace Xunke.Tests.Architecture;

/// <summary>Which namespaces of a project use which. A namespace within another counts as part of it; the project's own is one of
/// them.</summary>
internal sealed class NamespaceUse
{
    private readonly Dictionary<string, string[]> _uses = [];

    /// <summary>Reads a project.</summary>
    /// <param name="project">Its assembly.</param>
    /// <param name="root">The project's own namespace, such as Xunke.Web.</param>
    public NamespaceUse(Assembly project, string root)
    {
        ILookup<string, Type> parts = project.GetTypes()
            .Where(type => !type.IsNested
                && (type.Namespace == root || type.Namespace?.StartsWith(root + ".", StringComparison.Ordinal) == true))
            .ToLookup(type => string.Join('.', type.Namespace!.Split('.').Take(3)));
        foreach (string user in parts.Select(part => part.Key))
        {
            _uses[user] = [.. parts.Where(used => used.Key != user && Uses(user, used)).Select(used => used.Key)];
        }

        bool Uses(string user, IGrouping<string, Type> used)
        {
            Predicate from = Types.InAssembly(project).That();
            PredicateList types = user == root ? from.ResideInNamespaceMatching($"^{root}$") : from.ResideInNamespace(user);
            return types.And()
                .HaveDependencyOnAny(used.Key == root ? [.. used.Select(type => type.FullName!)] : [used.Key]).GetTypes().Any();
        }
    }

    /// <summary>The uses that are part of a cycle, as "Live -> Audit".</summary>
    public IEnumerable<string> Cycles() =>
        from use in _uses
        from used in use.Value
        where Reaches(used, use.Key, [])
        select $"{Short(use.Key)} -> {Short(used)}";

    private static string Short(string part) => part.Split('.')[^1];

    private bool Reaches(string from, string to, HashSet<string> seen) =>
        from == to || (seen.Add(from) && _uses[from].Any(next => Reaches(next, to, seen)));
}
