using System.Text.Json.Nodes;

namespace Xunke.Tests.Docs;

public sealed class SettingsDocumentTests
{
    private const string Update = "UPDATE_DOCS=1 ./test csharp SettingsDocument";

    private static readonly string[] NotOurs = ["Port", "Logging"];

    [Fact]
    public void Configuration_document_says_what_the_settings_say()
    {
        string file = Path.Combine(Repository.Root, "docs", "configuration.md");
        string text = SettingsDocument.Render();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, text);
        }

        File.ReadAllText(file).ShouldBe(text, $"docs/configuration.md is out of date; write it anew: {Update}");
    }

    [Fact]
    public void Settings_file_has_every_setting_and_no_other()
    {
        // A list is empty, and its entries' settings have their defaults in the class.
        string[] lists = [.. SettingsDocument.Defaults().Where(section => section.Value is JsonArray).Select(section => section.Key)];
        lists.ShouldBe(["SignInServices"]);
        IEnumerable<string> known = SettingsDocument.Sections.Where(section => !lists.Contains(section.Key)).SelectMany(
            section => section.Value.GetProperties(), (section, property) => $"{section.Key}:{property.Name}");
        IEnumerable<string> written = SettingsDocument.Defaults()
            .Where(section => !NotOurs.Contains(section.Key) && !lists.Contains(section.Key))
            .SelectMany(section => section.Value!.AsObject(), (section, setting) => $"{section.Key}:{setting.Key}");

        written.Order().ShouldBe(known.Order());
    }
}
