using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Books.Files;
using Xunke.Web.Hosting;

namespace Xunke.Web.Books.Imports;

/// <summary>How tables of a school's earlier files were said to be read.</summary>
internal sealed class RememberedChoices
{
    /// <summary>The scope of files of the whole district.</summary>
    public const string District = "";

    private readonly FrozenDictionary<string, ImportChoice> _kept;

    private RememberedChoices(FrozenDictionary<string, ImportChoice> kept) => _kept = kept;

    /// <summary>Reads those of a school.</summary>
    /// <param name="records">The records.</param>
    /// <param name="schoolId">The school; null: the district's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RememberedChoices> ReadAsync(RecordsContext records, string? schoolId, CancellationToken cancellationToken)
    {
        string scope = schoolId ?? District;
        List<ImportChoice> kept = await records.ImportChoices.AsNoTracking()
            .Where(choice => choice.SchoolId == scope).ToListAsync(cancellationToken);
        return new RememberedChoices(kept.ToFrozenDictionary(choice => choice.Signature, StringComparer.Ordinal));
    }

    /// <summary>The choice for a form of table; null: nothing is remembered, or by a version that said it otherwise.</summary>
    public SheetChoice? Find(string signature) =>
        _kept.TryGetValue(signature, out ImportChoice? kept) && Parse(kept.Choice) is { } choice ? choice with { Kept = kept.Id } : null;

    /// <summary>The row of a kept choice.</summary>
    public ImportChoice? Find(Guid id) => _kept.Values.FirstOrDefault(choice => choice.Id == id);

    /// <summary>Keeps what a person said of the tables of a file, part of the deed of its import.</summary>
    /// <returns>How many forms of tables it was.</returns>
    public static async Task<int> KeepAsync(
        Deed deed, string? schoolId, IReadOnlyList<SheetChoice> choices, string userName, DateTimeOffset now)
    {
        string scope = schoolId ?? District;
        int count = 0;
        foreach (IGrouping<string, SheetChoice> same in choices.Where(choice => choice.Signature.Length > 0)
            .GroupBy(choice => choice.Signature, StringComparer.Ordinal).Where(same => same.Any(choice => choice.IsSaid)))
        {
            // A table that is left out among others of its form was left out for what it says, not for how it looks.
            SheetChoice? said = same.LastOrDefault(choice => choice.IsSaid && (!choice.LeftOut || same.All(other => other.LeftOut)));
            if (said is null)
            {
                continue;
            }

            RecordsContext records = deed.Records;
            ImportChoice? kept = await records.ImportChoices.SingleOrDefaultAsync(
                choice => choice.SchoolId == scope && choice.Signature == same.Key);
            string text = JsonSerializer.Serialize(
                said with { Sheet = string.Empty, OwnerName = null, Subject = null, Kept = null, IsSaid = false }, Json.Options);
            if (kept is null)
            {
                records.ImportChoices.Add(new ImportChoice
                {
                    Id = Guid.NewGuid(),
                    SchoolId = scope,
                    Signature = same.Key,
                    Choice = text,
                    UserName = userName,
                    At = now,
                });
            }
            else
            {
                (kept.Choice, kept.UserName, kept.At) = (text, userName, now);
            }

            count++;
        }

        return count;
    }

    private static SheetChoice? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<SheetChoice>(text, Json.Options);
        }
        catch (JsonException)
        {
            // Kept by a version with other words: the guess counts, and what is said then is kept anew.
            return null;
        }
    }
}
