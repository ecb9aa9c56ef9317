using System.Reflection;
using System.Text.Json;

namespace Xunke.Actors.Forms;

/// <summary>A form that comes with Xunke. The words are our own.</summary>
/// <param name="ShippedAs">What it is called among them.</param>
/// <param name="Name">In Chinese.</param>
/// <param name="NameEn">In English.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Content">What it asks.</param>
public sealed record ShippedForm(string ShippedAs, string Name, string NameEn, FormKind Kind, FormContent Content)
{
    /// <summary>All of them, from the files that are in this assembly.</summary>
    /// <exception cref="InvalidDataException">One breaks the rules of forms: it was changed without its test.</exception>
    public static IReadOnlyList<ShippedForm> ReadAll()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.Contains(".Forms.Shipped.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal).Select(name => Read(assembly, name)),
        ];
    }

    private static ShippedForm Read(Assembly assembly, string name)
    {
        using var file = assembly.GetManifestResourceStream(name)!;
        var form = JsonSerializer.Deserialize(file, FormJson.Default.ShippedForm)
            ?? throw new InvalidDataException($"The form {name} is empty.");
        form = form with { Content = FormRules.Tidy(form.Content) };
        return FormRules.FaultsOf(form.Content) is [var fault, ..]
            ? throw new InvalidDataException($"The form {name} breaks a rule at {fault.At}: {fault.Code}.")
            : form;
    }
}
