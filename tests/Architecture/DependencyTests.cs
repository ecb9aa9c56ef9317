using System.Reflection;
using NetArchTest.Rules;

namespace Xunke.Tests.Architecture;

/// <summary>Imports run web -> actors -> (streaming, analytics), and inside a project namespaces should not need each other.</summary>
public sealed class DependencyTests
{
    // What is left to cut: each line's first namespace uses the others, and they need it in turn. Lines may only be taken away.
    private const string InWeb = """
        Audit: Hosting, Identity
        Books: Audit, Hosting, Identity
        Cameras: Audit, Hosting, Identity, Live, Schools
        Clock: Audit, Hosting, Identity, Metrics
        Hosting: Audit, Books, Identity, Live, Metrics, Schools, Simulation, Visits
        Identity: Audit, Hosting, Schools
        Live: Audit, Hosting, Identity, Schools
        Media: Audit, Cameras, Hosting, Identity, Schools
        Metrics: Cameras, Hosting, Live, Media, Recordings, Schools, Visits
        Recordings: Audit, Clock, Hosting, Identity, Schools, Visits
        Schools: Audit, Hosting, Identity
        Simulation: Hosting, Media
        Visits: Audit, Hosting, Identity, Schools
        """;

    [Theory]
    [InlineData("Streaming", "Analytics", "Actors", "Web")]
    [InlineData("Analytics", "Streaming", "Actors", "Web")]
    [InlineData("Actors", "Web")]
    public void Project_knows_nothing_of_those_above_and_beside_it(string project, params string[] strangers)
    {
        IEnumerable<IType> knowing = Types.InAssembly(Assembly.Load(project)).That()
            .HaveDependencyOnAny([.. strangers.Select(stranger => $"Xunke.{stranger}")]).GetTypes();

        knowing.Select(type => type.FullName).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Streaming", "Xunke.Streaming", "")]
    [InlineData("Analytics", "Xunke.Analytics", "")]
    [InlineData("Actors", "Xunke.Actors", "")]
    [InlineData("xunke", "Xunke.Web", InWeb)]
    public void No_cycle_of_namespaces_is_new_and_none_that_is_gone_stays_listed(string project, string root, string known)
    {
        string[] cycles = [.. new NamespaceUse(Assembly.Load(project), root).Cycles()];
        string[] listed =
        [
            .. from line in known.Split('\n', StringSplitOptions.RemoveEmptyEntries)
               let user = line.Split(": ")
               from used in user[1].Split(", ")
               select $"{user[0]} -> {used}",
        ];

        cycles.Except(listed).ShouldBeEmpty($"these uses make a new cycle in {root}");
        listed.Except(cycles).ShouldBeEmpty($"these uses are in no cycle of {root} any more: strike them from the list");
    }
}
