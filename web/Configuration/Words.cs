using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Xunke.Web.Configuration;

/// <summary>The kinds of words that the commands take.</summary>
internal static class Words
{
    /// <summary>Words as they stand: a password or a file's name may begin with @, which would else name a file of more words.</summary>
    public static ParserConfiguration AsTheyStand { get; } = new() { ResponseFileTokenReplacer = null };

    /// <summary>An option with a text; said twice, the last counts.</summary>
    public static Option<string?> Text(string name, string value, string description) => new(name)
    {
        HelpName = value,
        Description = description,
        Arity = ArgumentArity.OneOrMore,
        CustomParser = result => result.Tokens[^1].Value,
    };

    /// <summary>An option with a number in a range; said twice, the last counts.</summary>
    public static Option<T?> Number<T>(string name, string value, T least, T most, string description)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = value,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                string word = result.Tokens[^1].Value;
                if (T.TryParse(word, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
                {
                    return number;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {word}: 应为数字 must be a number, {least} - {most}"));
                return null;
            },
        };

    /// <summary>A word that must be there, and is no option.</summary>
    public static Argument<string> Given(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: "" or ['-', ..] } word, ..])
            {
                result.AddError($"{word.Value}: 不认识的参数 unknown argument");
            }
        });
        return argument;
    }
}
