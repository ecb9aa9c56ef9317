using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Bookings;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Web.Books.Editing.Rows;

/// <summary>How a school records by approval. Its id is the school's.</summary>
internal sealed record RecordingRuleRow(
    string? Id, string? SchoolId, RecordingAskers? Askers, RecordingApproval? Approval, int? LongestMinutes, int? KeepDays,
    string? Version = null) : IBookRow;

/// <summary>The rules of the schools that do not record as usual: at most one a school.</summary>
internal sealed class RecordingRulesBook : Book<RecordingRule, RecordingRuleRow>
{
    private const int MostDays = 3650;

    /// <inheritdoc />
    public override string Name => "recording-rules";

    /// <inheritdoc />
    public override IQueryable<RecordingRule> Of(RecordsContext records, string? schoolId) =>
        records.RecordingRules.Where(rule => schoolId == null || rule.SchoolId == schoolId).OrderBy(rule => rule.SchoolId);

    /// <inheritdoc />
    public override RecordingRuleRow Show(RecordingRule entity) =>
        new(entity.SchoolId, entity.SchoolId, entity.Askers, entity.Approval, entity.LongestMinutes, entity.KeepDays);

    /// <inheritdoc />
    public override RecordingRuleRow WithIdentity(RecordingRuleRow row, string id, string? version) =>
        row with { Id = id, Version = version };

    /// <inheritdoc />
    public override string MakeId(RecordingRuleRow row) => row.SchoolId!;

    /// <inheritdoc />
    public override async Task<RecordingRuleRow> CheckAsync(RecordingRuleRow row, RowFaults faults, RecordsContext records)
    {
        faults.Reference("schoolId", await records.Schools.AnyAsync(school => school.Id == row.SchoolId));
        if (!string.IsNullOrEmpty(row.Id) && row.Id != row.SchoolId)
        {
            faults.Add("id", "编号就是学校的编号", "is the school's id");
        }

        if (row.Askers is null || !Enum.IsDefined(row.Askers.Value))
        {
            faults.Add("askers", "请选择谁可以申请", "must be chosen");
        }

        if (row.Approval is null || !Enum.IsDefined(row.Approval.Value))
        {
            faults.Add("approval", "请选择由谁批准", "must be chosen");
        }

        return row with
        {
            LongestMinutes = faults.Number("longestMinutes", row.LongestMinutes, 1, RecordingRule.MostMinutes),
            KeepDays = row.KeepDays is null ? null : faults.Number("keepDays", row.KeepDays, 1, MostDays),
        };
    }

    /// <inheritdoc />
    public override RecordingRule Make(RecordingRuleRow row, DateTimeOffset now) => new()
    {
        SchoolId = row.SchoolId!,
        Askers = row.Askers!.Value,
        Approval = row.Approval!.Value,
        LongestMinutes = row.LongestMinutes!.Value,
        KeepDays = row.KeepDays,
    };

    /// <inheritdoc />
    public override void Write(RecordingRuleRow row, RecordingRule entity) =>
        (entity.Askers, entity.Approval, entity.LongestMinutes, entity.KeepDays) =
        (row.Askers!.Value, row.Approval!.Value, row.LongestMinutes!.Value, row.KeepDays);

    /// <inheritdoc />
    public override Task<IReadOnlyList<BookUse>> UsesAsync(RecordsContext records, string id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<BookUse>>([]);
}
