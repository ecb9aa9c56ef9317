using System.Collections.Concurrent;
using Xunke.Web.Books.Files;

namespace Xunke.Web.Books.Imports;

/// <summary>A timetable file that somebody is about to import.</summary>
/// <param name="Id">Its unguessable name.</param>
/// <param name="UserName">Whose it is; nobody else finds it.</param>
/// <param name="SchoolId">The school whose timetable it is; null: the file says the school of each lesson.</param>
/// <param name="TermId">The term.</param>
/// <param name="At">When it was sent.</param>
/// <param name="File">What was read, by the choices in force.</param>
/// <param name="Decisions">What the person has said about names.</param>
internal sealed record ImportDraft(
    Guid Id, string UserName, string? SchoolId, string TermId, DateTimeOffset At, TimetableFile File, IReadOnlyList<NameDecision> Decisions)
    : IImportDraft;

/// <summary>The files that are about to be imported, in memory. The oldest goes when there are too many, and a restart forgets all: the
/// person picks the file again.</summary>
internal sealed class ImportDrafts(TimeProvider time)
{
    // A large file takes some 20 MB.
    private const int Most = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    private readonly ConcurrentDictionary<Guid, IImportDraft> _drafts = new();

    /// <summary>Keeps a draft, or what has become of it.</summary>
    public void Keep(IImportDraft draft)
    {
        _drafts[draft.Id] = draft;
        DateTimeOffset oldest = time.GetUtcNow() - Lifetime;
        foreach (IImportDraft old in _drafts.Values.OrderByDescending(one => one.At).Skip(Most).Concat(
            _drafts.Values.Where(one => one.At < oldest)).ToList())
        {
            _drafts.TryRemove(old.Id, out _);
        }
    }

    /// <summary>Somebody's draft, or null.</summary>
    /// <typeparam name="TDraft">What it is a draft of.</typeparam>
    public TDraft? Find<TDraft>(Guid id, string userName)
        where TDraft : class, IImportDraft =>
        _drafts.GetValueOrDefault(id) is TDraft draft && draft.UserName == userName ? draft : null;

    /// <summary>Forgets a draft.</summary>
    public void Forget(Guid id) => _drafts.TryRemove(id, out _);
}
