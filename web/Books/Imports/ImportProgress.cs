using System.Collections.Concurrent;
using Xunke.Web.Changes;

namespace Xunke.Web.Books.Imports;

/// <summary>What is being done with a file.</summary>
internal enum ImportStage
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is read.</summary>
    Reading,

    /// <summary>It is compared with the books.</summary>
    Comparing,

    /// <summary>It is written.</summary>
    Writing,
}

/// <summary>How far it is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Done">How many lessons or rows are done.</param>
/// <param name="Of">How many there are; 0: it is not known yet.</param>
internal sealed record ImportProgressView(ImportStage Stage, int Done, int Of);

/// <summary>How far each person's import is, for the bar in the page. All members may be called from any thread.</summary>
internal sealed class ImportProgress(ChangeBoard changes)
{
    private static readonly ImportProgressView Nothing = new(ImportStage.None, 0, 0);

    private readonly ConcurrentDictionary<string, ImportProgressView> _of = new(StringComparer.Ordinal);

    /// <summary>How far a person's import is.</summary>
    public ImportProgressView Of(string userName) => _of.GetValueOrDefault(userName, Nothing);

    /// <summary>Says how far it is.</summary>
    public void Report(string userName, ImportStage stage, int done = 0, int of = 0)
    {
        _of[userName] = new ImportProgressView(stage, done, of);
        changes.Raise(Topic.Imports, userName);
    }

    /// <summary>Does something, and says that nothing is being done any more when it has ended, however it did.</summary>
    public async Task<T> DuringAsync<T>(string userName, ImportStage stage, Func<Task<T>> work)
    {
        Report(userName, stage);
        try
        {
            return await work();
        }
        finally
        {
            _of.TryRemove(userName, out _);
            changes.Raise(Topic.Imports, userName);
        }
    }
}
