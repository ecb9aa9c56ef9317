using System.Text.Json;

namespace Xunke.Tests.Docs;

public sealed class ThirdPartyTests
{
    [Fact]
    public void Every_package_beside_the_program_is_named_with_its_version()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "xunke.deps.json")));
        JsonElement libraries = shipped.RootElement.GetProperty("libraries");
        string[] packages =
        [
            .. shipped.RootElement.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject()
                .Where(library => libraries.GetProperty(library.Name).GetProperty("type").GetString() == "package")
                .Where(library => library.Value.TryGetProperty("runtime", out _) || library.Value.TryGetProperty("native", out _)
                    || library.Value.TryGetProperty("runtimeTargets", out _))
                .Select(library => $"| {library.Name.Replace("/", " | ", StringComparison.Ordinal)} |"),
        ];
        string text = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY.md"));

        packages.ShouldNotBeEmpty();
        packages.Where(package => !text.Contains(package, StringComparison.Ordinal))
            .ShouldBeEmpty("write THIRD-PARTY.md anew: node scripts/third-party.mjs");
    }
}
