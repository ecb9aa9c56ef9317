using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Xunke.Actors.Forms;
using Xunke.Actors.Records;
using Xunke.Web.Audit;
using Xunke.Web.Configuration;
using Xunke.Web.Hosting;
using Xunke.Web.Identity;
using Xunke.Web.Text;

namespace Xunke.Web.Forms;

/// <summary>The district's forms: <c>/api/forms</c>. Whoever observes reads them; the district's administrators make them.</summary>
internal static class FormsFeature
{
    private const int MostForms = 200;

    public static void AddForms(this WebApplicationBuilder builder) => builder.Services.AddHostedService<ShippedForms>();

    public static void MapForms(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder group = app.MapGroup("/api/forms").WithTags("Forms")
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/", ListAsync).Require(Permission.SeeForms)
            .WithSummary("The forms, with what their newest versions ask; withdrawn ones last");
        group.MapGet("/{formId:guid}/versions", VersionsAsync).Require(Permission.SeeForms)
            .WithSummary("All versions of a form, the newest first")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", MakeAsync).Require(Permission.ManageForms)
            .WithSummary("Makes a form; what is wrong with it is told by places such as groups.0.weight")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPut("/{formId:guid}", ChangeAsync).Require(Permission.ManageForms)
            .WithSummary("Changes a form: its newest version where nobody has used that, otherwise as the next version")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPut("/{formId:guid}/withdrawal", WithdrawAsync).Require(Permission.ManageForms)
            .WithSummary("Withdraws a form, so that nobody begins with it, or puts it to use again")
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{formId:guid}", DeleteAsync).Require(Permission.ManageForms)
            .WithSummary("Deletes a form of the district that nobody has used")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<FormList>> ListAsync(
        RecordsContext records, IOptions<LessonSettings> settings, CancellationToken cancellationToken)
    {
        var found = await records.Forms.AsNoTracking()
            .Join(
                records.FormVersions.AsNoTracking(), form => new { FormId = form.Id, Number = form.Version },
                version => new { version.FormId, version.Number }, (form, version) => new { form, version })
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(new FormList(
            [
                .. found.OrderBy(one => one.form.WithdrawnAt is not null).ThenBy(one => one.form.Kind)
                    .ThenBy(one => one.form.ShippedAs is null).ThenBy(one => one.form.Name, StringComparer.Ordinal)
                    .Select(one => FormView.Of(one.form, one.version)),
            ],
            LessonSettings.WordsOf(settings.Value.Kinds)));
    }

    private static async Task<Results<Ok<FormVersionView[]>, ProblemHttpResult>> VersionsAsync(
        Guid formId, RecordsContext records, CancellationToken cancellationToken)
    {
        List<FormVersion> versions = await records.FormVersions.AsNoTracking().Where(version => version.FormId == formId)
            .OrderByDescending(version => version.Number).ToListAsync(cancellationToken);
        return versions is [] ? Unknown() : TypedResults.Ok(versions.Select(
            version => new FormVersionView(version.Number, version.MadeAt, version.UsedAt, version.Content)).ToArray());
    }

    private static async Task<Results<Created<FormView>, ProblemHttpResult>> MakeAsync(
        WrittenForm written, Caller caller, AuditTrail audit, IOptions<LessonSettings> settings, TimeProvider time)
    {
        if (Read(written, settings.Value, out string name, out string nameEn, out FormContent content) is { } refusal)
        {
            return refusal;
        }

        if (written.Kind is not { } kind || !Enum.IsDefined(kind))
        {
            return Faulty([new FormFault("kind", "empty")]);
        }

        DateTimeOffset now = time.GetUtcNow();
        var form = new Form
        {
            Id = Guid.NewGuid(),
            Name = name,
            NameEn = nameEn,
            Kind = kind,
            Version = 1,
            Revision = 1,
            ChangedAt = now,
            ChangedBy = caller.UserName,
        };
        var version = new FormVersion { FormId = form.Id, Number = 1, Content = content, MadeAt = now };
        bool isFull = false;
        await audit.CommitAsync(async deed =>
        {
            isFull = await deed.Records.Forms.CountAsync() >= MostForms;
            if (isFull)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Forms.Add(form);
            deed.Records.FormVersions.Add(version);
            deed.Tell(caller.UserName, "form.made", form.Id.ToString());
        });
        return isFull
            ? Problems.BadRequest("too-many", $"量表最多 {MostForms} 份")
            : TypedResults.Created((string?)null, FormView.Of(form, version));
    }

    private static async Task<Results<Ok<FormView>, ProblemHttpResult>> ChangeAsync(
        Guid formId, WrittenForm written, Caller caller, AuditTrail audit, IOptions<LessonSettings> settings, TimeProvider time)
    {
        if (Read(written, settings.Value, out string name, out string nameEn, out FormContent content) is { } refusal)
        {
            return refusal;
        }

        (FormView? changed, ProblemHttpResult? problem) = (null, null);
        await audit.CommitAsync(async deed =>
        {
            Form? form = await deed.Records.Forms.SingleOrDefaultAsync(one => one.Id == formId);
            problem = form is null ? Unknown()
                : form.Revision != written.BasedOn
                    ? Problems.Create(StatusCodes.Status409Conflict, "changed-since", "这份量表在别处改过，请先看新的版本")
                : null;
            if (form is null || problem is not null)
            {
                deed.GiveUp();
                return;
            }

            DateTimeOffset now = time.GetUtcNow();
            FormVersion version = await deed.Records.FormVersions.SingleAsync(one => one.FormId == formId && one.Number == form.Version);
            if (version.UsedAt is null)
            {
                version.Content = content;
            }
            else
            {
                version = new FormVersion { FormId = formId, Number = ++form.Version, Content = content, MadeAt = now };
                deed.Records.FormVersions.Add(version);
            }

            (form.Name, form.NameEn, form.ChangedAt, form.ChangedBy) = (name, nameEn, now, caller.UserName);
            form.Revision++;
            deed.Tell(caller.UserName, "form.changed", $"{formId} {form.Version}");
            changed = FormView.Of(form, version);
        });
        return problem is not null ? problem : TypedResults.Ok(changed);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(
        Guid formId, WantedWithdrawal wanted, Caller caller, AuditTrail audit, TimeProvider time)
    {
        bool isKnown = false;
        await audit.CommitAsync(async deed =>
        {
            Form? form = await deed.Records.Forms.SingleOrDefaultAsync(one => one.Id == formId);
            isKnown = form is not null;
            if (form is null || form.WithdrawnAt is not null == wanted.Withdrawn)
            {
                deed.GiveUp();
                return;
            }

            form.WithdrawnAt = wanted.Withdrawn ? time.GetUtcNow() : null;
            deed.Tell(caller.UserName, wanted.Withdrawn ? "form.withdrawn" : "form.restored", formId.ToString());
        });
        return isKnown ? TypedResults.NoContent() : Unknown();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid formId, Caller caller, AuditTrail audit)
    {
        ProblemHttpResult? problem = null;
        await audit.CommitAsync(async deed =>
        {
            Form? form = await deed.Records.Forms.SingleOrDefaultAsync(one => one.Id == formId);
            problem = form is null ? Unknown()
                // One that comes with Xunke would be back at the next start.
                : form.ShippedAs is not null
                    || await deed.Records.FormVersions.AnyAsync(version => version.FormId == formId && version.UsedAt != null)
                    ? Problems.Create(StatusCodes.Status409Conflict, "form-used", "用过的和自带的量表不能删除，可以停用")
                : null;
            if (form is null || problem is not null)
            {
                deed.GiveUp();
                return;
            }

            deed.Records.Forms.Remove(form);
            deed.Tell(caller.UserName, "form.deleted", formId.ToString());
        });
        return problem is not null ? problem : TypedResults.NoContent();
    }

    private static ProblemHttpResult? Read(
        WrittenForm written, LessonSettings settings, out string name, out string nameEn, out FormContent content)
    {
        (name, nameEn) = (written.Name?.Trim() ?? string.Empty, written.NameEn?.Trim() ?? string.Empty);
        content = FormRules.Tidy(written.Content ?? new FormContent([], [], []));
        var faults = new List<FormFault>();
        if (PlainText.Line(name, 2, FormRules.LongestName) is not { } line)
        {
            faults.Add(new FormFault("name", name.Length == 0 ? "empty" : "long"));
        }
        else
        {
            name = line;
        }

        if (nameEn.Length > FormRules.LongestName || nameEn.Any(char.IsControl))
        {
            faults.Add(new FormFault("nameEn", "long"));
        }

        if (content.LessonKinds.Except(LessonSettings.WordsOf(settings.Kinds)).Any())
        {
            faults.Add(new FormFault("lessonKinds", "range"));
        }

        faults.AddRange(FormRules.FaultsOf(content));
        return faults is [] ? null : Faulty(faults);
    }

    private static ProblemHttpResult Faulty(IReadOnlyList<FormFault> faults) => Problems.Create(
        StatusCodes.Status400BadRequest, "bad-form", $"量表有 {faults.Count} 处要改", ("faults", faults));

    private static ProblemHttpResult Unknown() => Problems.NotFound("unknown-form", "没有这份量表");
}
