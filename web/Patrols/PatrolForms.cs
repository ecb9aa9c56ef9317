using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;

namespace Xunke.Web.Patrols;

/// <summary>The forms that rounds are filled in by.</summary>
internal static class PatrolForms
{
    /// <summary>The one in use: of several, the one that was changed last; null: all are withdrawn.</summary>
    public static async Task<PatrolForm?> NewestAsync(RecordsContext records, CancellationToken cancellationToken) =>
        await records.Forms.AsNoTracking().Where(form => form.Kind == FormKind.Patrol && form.WithdrawnAt == null)
            .OrderByDescending(form => form.ChangedAt).FirstOrDefaultAsync(cancellationToken) is { } newest
            ? await FindAsync(records, newest.Id, newest.Version, cancellationToken)
            : null;

    /// <summary>A version of one; null: there is none, or it is for something else.</summary>
    public static async Task<PatrolForm?> FindAsync(
        RecordsContext records, Guid formId, int number, CancellationToken cancellationToken) =>
        await records.Forms.AsNoTracking().SingleOrDefaultAsync(
            form => form.Id == formId && form.Kind == FormKind.Patrol, cancellationToken) is { } form
        && await records.FormVersions.AsNoTracking().SingleOrDefaultAsync(
            version => version.FormId == formId && version.Number == number, cancellationToken) is { } version
            ? new PatrolForm(form.Id, version.Number, form.Name, form.NameEn, version.Content)
            : null;
}
