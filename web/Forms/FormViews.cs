using Xunke.Actors.Forms;

namespace Xunke.Web.Forms;

/// <summary>A form with what its newest version asks; IsUsed: an edit makes the next version.</summary>
internal sealed record FormView(
    Guid FormId, string Name, string NameEn, FormKind Kind, bool IsShipped, int Version, int Revision, bool IsUsed,
    DateTimeOffset ChangedAt, DateTimeOffset? WithdrawnAt, FormContent Content)
{
    public static FormView Of(Form form, FormVersion newest) => new(
        form.Id, form.Name, form.NameEn, form.Kind, form.ShippedAs is not null, form.Version, form.Revision, newest.UsedAt is not null,
        form.ChangedAt, form.WithdrawnAt, newest.Content);
}

/// <summary>The forms, and the district's kinds of lessons that one may be for.</summary>
internal sealed record FormList(IReadOnlyList<FormView> Forms, IReadOnlyList<string> LessonKinds);

/// <summary>One version of a form.</summary>
internal sealed record FormVersionView(int Number, DateTimeOffset MadeAt, DateTimeOffset? UsedAt, FormContent Content);

/// <summary>A form as it is written; BasedOn: the revision that was read, null for a new one, whose kind is said.</summary>
internal sealed record WrittenForm(string? Name, string? NameEn, FormKind? Kind, FormContent? Content, int? BasedOn);

/// <summary>Whether a form is to be withdrawn, or in use again.</summary>
internal sealed record WantedWithdrawal(bool Withdrawn);
