using Microsoft.EntityFrameworkCore.Storage;
using Xunke.Actors.Records;
using Xunke.Tests.Support;
using Xunke.Web.Audit;
using Xunke.Web.Hosting;

namespace Xunke.Tests.Web.Hosting;

/// <summary>What cannot be written now is told alike, whichever database it is.</summary>
public sealed class RecordsFaultTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("xunke-faults-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deed_that_another_process_holds_up_for_5_s_is_refused(bool inPostgreSql)
    {
        await using TestRecords records = inPostgreSql ? await TestRecords.PostgreSqlAsync() : await TestRecords.SqliteAsync();
        using AuditTrail audit = Trail(records);
        await using (RecordsContext other = records.CreateDbContext())
        {
            await using IDbContextTransaction held = await other.BeginDeedAsync(Cancelled);

            (await Should.ThrowAsync<RecordsUnavailableException>(audit.RecordAsync("system", "test", "one"))).Fault.ShouldBe(
                RecordsFault.Busy);
        }

        await audit.RecordAsync("system", "test", "two");
        (await audit.VerifyAsync(Cancelled)).Lines.ShouldBe(2);
    }

    [Fact]
    public async Task Server_that_does_not_answer_counts_as_busy()
    {
        using var audit = new AuditTrail(TestRecords.Of(RecordsDatabase.PostgreSql("Host=127.0.0.1;Port=1")), Key(), TimeProvider.System);

        (await Should.ThrowAsync<RecordsUnavailableException>(audit.RecordAsync("system", "test", "one"))).Fault.ShouldBe(
            RecordsFault.Busy);
    }

    private AuditTrail Trail(TestRecords records) => new(records, Key(), TimeProvider.System);

    private AuditKeyFile Key() => new(DataDirectory.Beside(_data.FullName));
}
