using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Records;
using Xunke.Actors.Rectifications;
using Xunke.Web.Configuration;

namespace Xunke.Web.Rectifications;

/// <summary>
/// Before anybody can send a file: deletes those that a server that was killed left and that are not on record, and looks at the district's
/// template.
/// </summary>
internal sealed class RectificationSweep(
    IDbContextFactory<RecordsContext> records, RectificationFiles files, NoticeTemplate template, RectificationNumbers numbers)
    : IHostedService
{
    /// <inheritdoc />
    /// <exception cref="StartupException">The pattern of numbers or the template cannot be used.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        numbers.Check();
        _ = template.Read();
        await using RecordsContext context = await records.CreateDbContextAsync(cancellationToken);
        files.DeleteAllBut(
            await context.RectificationFiles.Select(file => file.Id).ToHashSetAsync(cancellationToken));
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
