using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;
using Xunke.Web.Audit;

namespace Xunke.Web.Forms;

/// <summary>The forms that come with Xunke, put on record at the first start that has them. What a district made of one stays.</summary>
internal sealed class ShippedForms(IDbContextFactory<RecordsContext> factory, AuditTrail audit, TimeProvider time) : IHostedService
{
    /// <summary>Adds those that are missing, once the database is prepared.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ShippedForm> shipped = ShippedForm.ReadAll();
        await using RecordsContext records = await factory.CreateDbContextAsync(cancellationToken);
        List<string?> known = await records.Forms.Select(form => form.ShippedAs).ToListAsync(cancellationToken);
        if (shipped.All(form => known.Contains(form.ShippedAs)))
        {
            return;
        }

        await audit.CommitAsync(async deed =>
        {
            // Another process may have been first.
            known = await deed.Records.Forms.Select(form => form.ShippedAs).ToListAsync();
            foreach (ShippedForm one in shipped.Where(form => !known.Contains(form.ShippedAs)))
            {
                DateTimeOffset now = time.GetUtcNow();
                var form = new Form
                {
                    Id = Guid.NewGuid(),
                    ShippedAs = one.ShippedAs,
                    Name = one.Name,
                    NameEn = one.NameEn,
                    Kind = one.Kind,
                    Version = 1,
                    Revision = 1,
                    ChangedAt = now,
                    ChangedBy = AuditTrail.System,
                };
                deed.Records.Forms.Add(form);
                deed.Records.FormVersions.Add(new FormVersion { FormId = form.Id, Number = 1, Content = one.Content, MadeAt = now });
                deed.Tell(AuditTrail.System, "form.shipped", $"{form.Id} {one.ShippedAs}");
            }
        });
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
