using System.Security.Cryptography;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>The subjects of a list: those that it lists itself, and those that its teachers teach.</summary>
internal sealed class RosterSubjects
{
    private readonly RosterBooks _books;
    private readonly RosterNames _said;
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);
    private readonly List<PlannedRow<SubjectRow>> _planned = [];

    /// <summary>Begins with those that the file lists.</summary>
    public RosterSubjects(ImportedRoster roster, RosterBooks books, RosterNames said)
    {
        (_books, _said) = (books, said);
        foreach (ImportedSubject subject in roster.Subjects.Where(subject => !subject.Ended))
        {
            Find(subject.Name, subject.Source);
        }
    }

    /// <summary>Subjects that are put on the books.</summary>
    public IReadOnlyList<PlannedRow<SubjectRow>> Planned => _planned;

    /// <summary>The subject's id; null: it is left out, or a person has to say what it is.</summary>
    public string? Find(string name, FileSource source)
    {
        string key = Words.Key(name);
        if (_found.TryGetValue(key, out string? known))
        {
            return known;
        }

        FoundName answer = _said.Settle(
            NamedThing.Subject, null, name, decision => _books.Names.Find(NamedThing.Subject, null, null, name, 0, decision));
        return _found[key] = answer switch
        {
            { Answer: NameAnswer.Known } => answer.RowId,
            { Answer: NameAnswer.New } => Make(name, source),
            _ => null,
        };
    }

    private string Make(string name, FileSource source)
    {
        string id = $"subject-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        int order = _books.Subjects.Select(one => one.Order).DefaultIfEmpty().Max() + _planned.Count + 1;
        _planned.Add(new PlannedRow<SubjectRow>(new SubjectRow(id, name, name, order), null, source));
        return id;
    }
}
