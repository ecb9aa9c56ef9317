using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;

namespace Xunke.Tests.Web.Audit;

/// <summary>The trail of a running server.</summary>
internal static class AuditLines
{
    /// <summary>The lines of an action whose subject begins so, in order.</summary>
    public static async Task<IReadOnlyList<AuditEntry>> LinesAsync(this RunningApp app, string action, string subject = "")
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        List<AuditEntry> lines = await scope.ServiceProvider.GetRequiredService<RecordsContext>().Audit.AsNoTracking()
            .Where(line => line.Action == action).OrderBy(line => line.Id).ToListAsync();
        return [.. lines.Where(line => line.Subject.StartsWith(subject, StringComparison.Ordinal))];
    }
}
