using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Web.Books.Editing;

/// <summary>A book whose rows can be put back as they were.</summary>
internal interface IBook
{
    /// <summary>Its name in addresses and in the history, such as "teachers".</summary>
    string Name { get; }

    /// <summary>Whether its rows are schools' and not the district's alone.</summary>
    bool IsOfSchools { get; }

    /// <summary>A row as the history keeps it; null: there is none.</summary>
    Task<string?> ReadAsync(RecordsContext records, string id);

    /// <summary>Makes a row what it was, as the history kept it; null: takes it away.</summary>
    /// <returns>What speaks against it.</returns>
    Task<IReadOnlyList<FieldFault>> RestoreAsync(Deed deed, string id, string? kept, DateTimeOffset now);

    /// <summary>What needs a row.</summary>
    Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken);
}

/// <summary>One book: how its rows look, what they must be, and what needs them.</summary>
/// <typeparam name="TEntity">The row on record.</typeparam>
/// <typeparam name="TRow">The row as it is edited.</typeparam>
internal abstract class Book<TEntity, TRow> : IBook
    where TEntity : class
    where TRow : class, IBookRow
{
    /// <inheritdoc />
    public abstract string Name { get; }

    /// <inheritdoc />
    public virtual bool IsOfSchools => true;

    /// <summary>The rows of a school, or all, in their order.</summary>
    public abstract IQueryable<TEntity> Of(RecordsContext records, string? schoolId);

    /// <summary>The row as it is edited, without its version.</summary>
    public abstract TRow Show(TEntity entity);

    /// <summary>The row with its version.</summary>
    public TRow ShowVersioned(TEntity entity)
    {
        TRow row = Show(entity);
        return WithIdentity(row, row.Id!, VersionOf(row));
    }

    /// <summary>The same row with this id and version.</summary>
    public abstract TRow WithIdentity(TRow row, string id, string? version);

    /// <summary>Checks a row and makes it tidy. References are looked up in the records.</summary>
    public abstract Task<TRow> CheckAsync(TRow row, RowFaults faults, RecordsContext records);

    /// <summary>A row on record; it has been checked.</summary>
    public abstract TEntity Make(TRow row, DateTimeOffset now);

    /// <summary>Writes what a checked row says to the one on record.</summary>
    public abstract void Write(TRow row, TEntity entity);

    /// <inheritdoc />
    public abstract Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken);

    /// <summary>An id for a new row.</summary>
    public virtual string MakeId(TRow row) => $"{row.SchoolId ?? "d"}-{RandomNumberGenerator.GetHexString(10, lowercase: true)}";

    /// <summary>Finds a row on record.</summary>
    public virtual async Task<TEntity?> FindAsync(RecordsContext records, string id) => await records.Set<TEntity>().FindAsync(id);

    /// <summary>A digest of what a row says.</summary>
    public string VersionOf(TRow row) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(WithIdentity(row, row.Id!, null))!)))[..16];

    /// <summary>Puts a row on record, changes it or takes it away, and into the history.</summary>
    /// <param name="deed">The deed.</param>
    /// <param name="step">The step that it is part of.</param>
    /// <param name="id">The row.</param>
    /// <param name="known">The row that is on record; null: none.</param>
    /// <param name="row">What it is to be, checked; null: it goes.</param>
    public void Set(Deed deed, BookStep step, string id, TEntity? known, TRow? row)
    {
        TRow? before = known is null ? null : Show(known);
        if (row is null)
        {
            deed.Records.Remove(known!);
        }
        else if (known is null)
        {
            deed.Records.Add(Make(row, step.At));
        }
        else
        {
            Write(row, known);
        }

        step.Add(deed, Name, id, (row ?? before)!.SchoolId, Text(before), Text(row is null ? null : WithIdentity(row, id, null)));
    }

    /// <inheritdoc />
    public async Task<string?> ReadAsync(RecordsContext records, string id) =>
        await FindAsync(records, id) is { } entity ? Text(Show(entity)) : null;

    /// <inheritdoc />
    public async Task<IReadOnlyList<FieldFault>> RestoreAsync(Deed deed, string id, string? kept, DateTimeOffset now)
    {
        TEntity? known = await FindAsync(deed.Records, id);
        if (kept is null)
        {
            if (known is not null && await UsesAsync(deed.Records, id, CancellationToken.None) is { Count: > 0 } uses)
            {
                return [.. uses.Select(use => new FieldFault(use.Book, $"还在使用 {use.Count}", $"still uses it: {use.Count}"))];
            }

            if (known is not null)
            {
                deed.Records.Remove(known);
            }

            return [];
        }

        var faults = new RowFaults();
        TRow row = await CheckAsync(JsonSerializer.Deserialize<TRow>(kept, Json.Options)!, faults, deed.Records);
        if (faults.None && known is null)
        {
            deed.Records.Add(Make(row, now));
        }
        else if (faults.None)
        {
            Write(row, known!);
        }

        return faults.All;
    }

    private static string? Text(TRow? row) => row is null ? null : JsonSerializer.Serialize(row, Json.Options);
}
