using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports.Rosters;

/// <summary>Lists of schools, teachers, classes, rooms and subjects, of any format that is read.</summary>
/// <param name="Name">The file's name, or the names of several.</param>
/// <param name="Format">Such as ".xlsx" or "OneRoster".</param>
/// <param name="IsOneRoster">Whether schools are named by identifiers, and what teachers teach by enrolments.</param>
/// <param name="Roster">What was read. Pupils are counted and not kept.</param>
internal sealed record RosterFile(string Name, string Format, bool IsOneRoster, ImportedRoster Roster)
{
    private const int LongestName = 120;

    /// <summary>Reads one file or a set of them.</summary>
    /// <exception cref="FileRefusedException">They cannot be read, hold pupils, or are no lists.</exception>
    public static RosterFile Read(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        string all = string.Join('、', files.Select(file => file.Name));
        string name = all.Length > LongestName ? all[..LongestName] + "…" : all;
        if (files is [var single] && FileKinds.Of(single.Content) == FileKind.Zip && OneRosterFiles.IsIn(single.Content))
        {
            return new RosterFile(name, "OneRoster", true, OneRosterReader.Read(single.Content));
        }

        // A list of our own, too, may be called classes.csv.
        if (files.All(file => OneRosterFiles.Names.Contains(file.Name, StringComparer.OrdinalIgnoreCase))
            && files.Any(file => OneRosterFiles.IsOne(file.Content)))
        {
            var set = new Dictionary<string, byte[]>();
            foreach ((string file, byte[] content) in files)
            {
                string known = OneRosterFiles.Names.First(one => one.Equals(file, StringComparison.OrdinalIgnoreCase));
                if (!set.TryAdd(known, content))
                {
                    throw new FileRefusedException($"有两个 {known} there are two of {known}");
                }
            }

            return new RosterFile(name, "OneRoster", true, OneRosterReader.Read(set));
        }

        Workbook[] books = [.. files.Select(file => Workbook.Read(file.Name, file.Content, FileLimits.Default))];
        ImportedRoster[] parts = [.. books.Select(RosterReader.Read)];
        return new RosterFile(name, string.Join('、', books.Select(book => book.Format).Distinct()), false, new ImportedRoster
        {
            Teachers = [.. parts.SelectMany(part => part.Teachers)],
            Classes = [.. parts.SelectMany(part => part.Classes)],
            Rooms = [.. parts.SelectMany(part => part.Rooms)],
            Subjects = [.. parts.SelectMany(part => part.Subjects)],
            Faults = [.. parts.SelectMany(part => part.Faults)],
        });
    }
}

/// <summary>Lists that somebody is about to import.</summary>
/// <param name="Id">Its unguessable name.</param>
/// <param name="UserName">Whose it is; nobody else finds it.</param>
/// <param name="SchoolId">The school whose lists they are; null: the district's.</param>
/// <param name="At">When it was sent.</param>
/// <param name="File">What was read.</param>
/// <param name="Decisions">What the person has said about names.</param>
/// <param name="EndMissing">Whether what the lists do not have is taken off the books.</param>
internal sealed record RosterDraft(
    Guid Id, string UserName, string? SchoolId, DateTimeOffset At, RosterFile File, IReadOnlyList<NameDecision> Decisions, bool EndMissing)
    : IImportDraft;
