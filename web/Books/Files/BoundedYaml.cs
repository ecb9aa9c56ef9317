using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Xunke.Web.Books.Files;

/// <summary>Reads YAML within bounds: no aliases, which can make a short file a huge one, and no deep nesting.</summary>
internal sealed class BoundedYaml : IParser
{
    private const int Deepest = 20;

    private readonly Parser _parser;
    private readonly int _most;
    private int _events;
    private int _depth;

    private BoundedYaml(string text, int most) => (_parser, _most) = (new Parser(new StringReader(text)), most);

    /// <inheritdoc />
    public ParsingEvent? Current => _parser.Current;

    /// <summary>Reads the first document of a file.</summary>
    /// <exception cref="FileRefusedException">It is no YAML, or beyond the bounds.</exception>
    public static YamlNode Read(string text, FileLimits limits)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new BoundedYaml(text, limits.YamlBytes / 10));
            return yaml.Documents.Count > 0 ? yaml.Documents[0].RootNode : throw new FileRefusedException("文件是空的 the file is empty");
        }
        catch (YamlException fault)
        {
            throw new FileRefusedException($"YAML 有误，第 {fault.Start.Line} 行 the YAML is wrong in line {fault.Start.Line}", fault);
        }
    }

    /// <inheritdoc />
    public bool MoveNext()
    {
        bool more = _parser.MoveNext();
        if (more && _parser.Current is { } now)
        {
            _depth += now.NestingIncrease;
            if (now is AnchorAlias)
            {
                throw new FileRefusedException($"不支持 YAML 别名，第 {now.Start.Line} 行 YAML aliases are not read: line {now.Start.Line}");
            }

            if (_depth > Deepest || ++_events > _most)
            {
                throw new FileRefusedException("YAML 太深或太长 the YAML is nested too deeply or too long");
            }
        }

        return more;
    }
}
