using System.Security.Cryptography;
using System.Text;
using Xunke.Web.Books.Editing.Rows;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>A school of a list: its id on the books, and what the list calls it.</summary>
internal readonly record struct RosterSchool(string Id, string? Name);

/// <summary>Which schools the rows of a list are of.</summary>
internal sealed class RosterSchools(RosterDraft draft, RosterBooks books, RosterNames said)
{
    private const int LongestId = 20;
    private const double LeastAlike = 0.5;

    private readonly Dictionary<string, ImportedOrg> _orgs = draft.File.Roster.Orgs.Where(org => org.Id is not null)
        .GroupBy(org => org.Id!).ToDictionary(same => same.Key, same => same.First());

    private readonly Dictionary<string, RosterSchool?> _found = new(StringComparer.Ordinal);
    private readonly List<PlannedRow<SchoolRow>> _planned = [];

    /// <summary>Schools that are put on the books.</summary>
    public IReadOnlyList<PlannedRow<SchoolRow>> Planned => _planned;

    /// <summary>How many rows were left out with their school.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The schools that the list has rows of.</summary>
    public IReadOnlySet<string> Named => _found.Values.OfType<RosterSchool>().Select(school => school.Id).ToHashSet();

    /// <summary>The first school of several that is on the books or is put on them; null: the row is left out or at fault.</summary>
    /// <param name="schools">As the file calls them: names, or identifiers of OneRoster.</param>
    /// <param name="source">Where the row is.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public RosterSchool? Of(IReadOnlyList<string> schools, FileSource source, List<FileFault> faults)
    {
        if (schools.Count == 0)
        {
            if (draft.SchoolId is { } own)
            {
                _found.TryAdd(string.Empty, new RosterSchool(own, null));
                return new RosterSchool(own, null);
            }

            faults.Add(new FileFault(source.Sheet, source.Cell, "没有写学校，请加“学校”一列或先选学校 no school: add a column or choose a school first"));
            return null;
        }

        RosterSchool? found = schools.Where(IsSchool).Select(Find).FirstOrDefault(school => school is not null);
        LeftOut += found is null ? 1 : 0;
        return found;
    }

    private bool IsSchool(string school) => !_orgs.TryGetValue(school, out ImportedOrg? org) || org.Type is null or "school";

    private RosterSchool? Find(string school)
    {
        if (_found.TryGetValue(school, out RosterSchool? known))
        {
            return known;
        }

        ImportedOrg? org = _orgs.GetValueOrDefault(school);
        string name = org?.Name ?? school;
        FoundName answer = said.Settle(NamedThing.School, null, name, decision =>
        {
            FoundName byName = books.Names.Find(
                NamedThing.School, null, null, name, 0, decision, mayMakeAll: draft.SchoolId is null && org?.Ended != true);
            // The number that the file knows it by may be the id on the books; by chance it may be another school's, too.
            if (decision is null && byName.Answer != NameAnswer.Known
                && books.Schools.FirstOrDefault(one => one.Id == school || one.Id == org?.Number) is { } byId)
            {
                bool isSame = NameKeys.Likeness(Words.Key(byId.Name), Words.Key(name)) >= LeastAlike;
                return byName with
                {
                    Answer = isSame ? NameAnswer.Known : NameAnswer.Open,
                    RowId = isSame ? byId.Id : null,
                    Guesses = [new NameGuess(byId.Id, byId.Name), .. byName.Guesses.Where(guess => guess.RowId != byId.Id)],
                };
            }

            return byName;
        });
        return _found[school] = answer switch
        {
            { Answer: NameAnswer.Known, RowId: { } id } => new RosterSchool(id, name),
            { Answer: NameAnswer.New } => new RosterSchool(Make(org, school, name), name),
            _ => null,
        };
    }

    private string Make(ImportedOrg? org, string school, string name)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        string id = new[] { org?.Number, org is null ? null : school }.OfType<string>().Select(one => one.ToLowerInvariant())
            .FirstOrDefault(one => one.Length <= LongestId && BookRow.IsId(one) && IsFree(one)) ?? $"school-{digest}";
        int order = books.Schools.Select(one => one.Order).DefaultIfEmpty().Max() + _planned.Count + 1;
        FileSource source = org?.Source ?? default;
        _planned.Add(new PlannedRow<SchoolRow>(new SchoolRow(id, name, name, order), null, source));
        return id;
    }

    private bool IsFree(string id) => books.Schools.All(one => one.Id != id) && _planned.TrueForAll(one => one.Row.Id != id);
}
