using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Web.Recordings;

/// <summary>
/// Deletes recordings that have ended. Row and line are one transaction, which also notes that the files must go; the
/// files go after it. What is left of them goes at the next sweep, or after the next start.
/// </summary>
internal sealed partial class RecordingRemover(
    IDbContextFactory<RecordsContext> records, RecordingFolders folders, AuditTrail audit, ILogger<RecordingRemover> log)
{
    /// <summary>Deletes a recording; harmless when somebody else has.</summary>
    /// <param name="record">The recording.</param>
    /// <param name="by">Who deletes it.</param>
    /// <param name="action">How the audit trail calls it.</param>
    public async Task DeleteAsync(Recording record, string by, string action)
    {
        await audit.CommitAsync(async deed =>
        {
            if (await deed.Records.Recordings.Where(one => one.Id == record.Id && one.To != null).ExecuteDeleteAsync() > 0)
            {
                deed.Records.DoomedFiles.Add(new DoomedFiles { RecordingId = record.Id });
                deed.Tell(by, action, RecordingRecords.Subject(record));
            }
        });
        await DeleteFilesAsync(record.Id);
    }

    /// <summary>Deletes the files of deleted recordings that are still there.</summary>
    public async Task DeleteLeftFilesAsync(CancellationToken cancellationToken)
    {
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        foreach (Guid recordingId in await context.DoomedFiles.Select(doomed => doomed.RecordingId).ToListAsync(cancellationToken))
        {
            await DeleteFilesAsync(recordingId);
        }
    }

    private async Task DeleteFilesAsync(Guid recordingId)
    {
        try
        {
            folders.Delete(recordingId);
            await audit.CommitAsync(
                deed => deed.Records.DoomedFiles.Where(doomed => doomed.RecordingId == recordingId).ExecuteDeleteAsync());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or RecordsUnavailableException)
        {
            LogLeft(fault, recordingId);
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The files of the deleted recording {RecordingId} are not all gone yet; it is tried again in a moment")]
    private partial void LogLeft(Exception fault, Guid recordingId);
}
