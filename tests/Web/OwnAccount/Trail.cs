using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Audit;
using Xunke.Actors.Records;

namespace Xunke.Tests.Web.OwnAccount;

/// <summary>What the audit trail tells.</summary>
internal static class Trail
{
    /// <summary>Checks that there is a line.</summary>
    public static async Task ShouldTellAsync(RunningApp app, string userName, string action, string subject)
    {
        await using AsyncServiceScope scope = app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        (await records.Audit.AnyAsync(
            line => line.UserName == userName && line.Action == action && line.Subject == subject, TestContext.Current.CancellationToken))
            .ShouldBeTrue($"{userName} {action} {subject} is not in the trail");
    }
}
