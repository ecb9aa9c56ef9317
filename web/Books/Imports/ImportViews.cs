using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Web.Books.Imports;

/// <summary>Shows what a draft would do, in the words of the books.</summary>
internal sealed class ImportViews(RecordsContext records, TimetableImporter importer)
{
    /// <summary>Works it out and shows it.</summary>
    public async Task<ImportView> ShowAsync(ImportDraft draft, CancellationToken cancellationToken)
    {
        TimetableImport import = await importer.PreviewAsync(draft, cancellationToken);
        RememberedChoices remembered = await RememberedChoices.ReadAsync(records, draft.SchoolId, cancellationToken);
        var said = draft.File.Choices.Select(choice => choice.Kept).OfType<Guid>().Distinct()
            .Select(remembered.Find).OfType<ImportChoice>().ToDictionary(choice => choice.Id);
        string[] users = [.. said.Values.Select(choice => choice.UserName).Distinct()];
        Dictionary<string, string> people = await records.Users.Where(account => users.Contains(account.UserName!))
            .ToDictionaryAsync(account => account.UserName!, account => account.DisplayName, cancellationToken);
        Dictionary<string, string> names = await NamesAsync(draft.SchoolId, cancellationToken);
        return ImportView.Of(
            draft, import, id => NewRow.Is(id) ? NewRow.NameIn(id) : names.GetValueOrDefault(id) ?? id,
            id => said.TryGetValue(id, out ImportChoice? kept)
                ? new RememberedView(kept.Id, kept.At, people.GetValueOrDefault(kept.UserName) ?? kept.UserName) : null);
    }

    private async Task<Dictionary<string, string>> NamesAsync(string? school, CancellationToken cancellationToken)
    {
        bool all = school is null;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in await records.Schools.Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        foreach (var one in await records.Classes.Where(one => all || one.SchoolId == school)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        foreach (var one in await records.Subjects.Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        foreach (var one in await records.Teachers.Where(one => all || one.SchoolId == school)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names[one.Id] = one.Name;
        }

        // A room's id may be a class's: the room's name is asked for by itself.
        foreach (var one in await records.Rooms.Where(one => all || one.SchoolId == school)
            .Select(one => new { one.Id, one.Name }).ToListAsync(cancellationToken))
        {
            names.TryAdd(one.Id, one.Name);
        }

        return names;
    }
}
