using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunke.Actors.Identity;
using Xunke.Actors.Lessons;
using Xunke.Actors.Recordings;
using Xunke.Actors.Records;
using Xunke.Actors.Visits;
using Xunke.Streaming;
using Xunke.Web.Identity;

namespace Xunke.Tests.Web.Identity;

/// <summary>A right is there where it is written down, and nowhere else.</summary>
[Collection(WebCollection.Name)]
public sealed class PermissionsTests(AppFixture fixture)
{
    /// <summary>A role that somebody adds tomorrow without writing down what it may do.</summary>
    private const Role New = (Role)99;

    private readonly RunningApp _app = fixture.App;

    [Fact]
    public void A_role_that_nothing_is_written_about_may_do_nothing()
    {
        Caller newcomer = CallerOf(New, "s01");

        Enum.GetValues<Permission>().Where(newcomer.May).ShouldBeEmpty();
        newcomer.MaySee("s01").ShouldBeFalse();
    }

    [Fact]
    public void A_permission_that_is_added_is_nobodys_until_it_is_written_down()
    {
        foreach (Role role in Enum.GetValues<Role>())
        {
            CallerOf(role, "s01").May((Permission)999).ShouldBeFalse();
        }
    }

    [Fact]
    public void An_administrator_has_a_row_for_every_permission_but_answers_no_notice_for_a_school() =>
        Enum.GetValues<Permission>().Where(permission => !CallerOf(Role.Administrator, null).May(permission))
            .ShouldBe([Permission.AnswerRectifications]);

    [Theory]
    [InlineData(Role.Principal, "s01", true)]
    [InlineData(Role.Principal, "s02", false)]
    [InlineData(Role.Inspector, "s02", true)]
    [InlineData(Role.Administrator, "s02", true)]
    internal void A_school_is_seen_by_its_own_principal_and_by_the_district(Role role, string schoolId, bool seen) =>
        CallerOf(role, role is Role.Principal ? "s01" : null).MaySee(schoolId).ShouldBe(seen);

    [Fact]
    public void A_principal_without_a_school_sees_none()
    {
        Caller principal = CallerOf(Role.Principal, null);

        principal.MaySee(null).ShouldBeFalse();
        principal.MaySee("s01").ShouldBeFalse();
    }

    [Theory]
    [InlineData(New, "s21", 0)]
    [InlineData(Role.Principal, null, 0)]
    [InlineData(Role.Principal, "s21", 2)]
    [InlineData(Role.Inspector, null, 1)]
    [InlineData(Role.Administrator, null, 3)]
    internal async Task Visits_are_listed_as_far_as_the_permission_reaches(Role role, string? schoolId, int count)
    {
        await using AsyncServiceScope scope = _app.Services.CreateAsyncScope();
        RecordsContext records = scope.ServiceProvider.GetRequiredService<RecordsContext>();
        await using var transaction = await records.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        records.Visits.AddRange(VisitOf("s21", "who-asks"), VisitOf("s21", "somebody"), VisitOf("s22", "somebody"));
        await records.SaveChangesAsync(TestContext.Current.CancellationToken);

        IQueryable<Visit> listed = records.Visits.Where(visit => visit.Purpose == nameof(PermissionsTests))
            .VisibleTo(CallerOf(role, schoolId));

        (await listed.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(count);
        (await records.Lessons.VisibleTo(CallerOf(New, "s01"), records).CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await records.Recordings.VisibleTo(CallerOf(New, "s01"), records).CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
    }

    private static Caller CallerOf(Role role, string? schoolId) => new("who-asks", string.Empty, role, schoolId);

    private static Visit VisitOf(string schoolId, string userName) => new()
    {
        Id = Guid.NewGuid(),
        RoomId = schoolId + "-101",
        SchoolId = schoolId,
        UserName = userName,
        DisplayName = userName,
        Purpose = nameof(PermissionsTests),
        Media = MediaKinds.Both,
        From = DateTimeOffset.UnixEpoch,
        To = DateTimeOffset.UnixEpoch,
    };
}
