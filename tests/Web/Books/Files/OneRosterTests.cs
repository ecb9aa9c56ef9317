using System.IO.Compression;
using System.Text;
using Xunke.Web.Books;
using Xunke.Web.Books.Files;

namespace Xunke.Tests.Web.Books.Files;

/// <summary>OneRoster 1.1 and 1.2.</summary>
public sealed class OneRosterTests
{
    private static readonly Dictionary<string, string> One = new()
    {
        ["manifest.csv"] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n",
        ["orgs.csv"] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nd1,,,泉山区教育局,district,,\ns1,,,湖滨小学,school,320311,d1\n",
        ["academicSessions.csv"] = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
            + "t1,,,2026-2027学年第一学期,term,2026-09-01,2027-01-22,,2027\n",
        ["courses.csv"] = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nc1,,,,语文,YW,03,s1,语文,\n",
        ["classes.csv"] = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
            + "k1,,,三年级2班,03,c1,,homeroom,301,s1,t1,,,\n",
        ["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"
            + "u1,,,true,s1,teacher,zhang.wei,,伟,张,,T001,z@example.org,,,,,\nu2,,,false,\"s1,d1\",teacher,ann.lee,,Ann,Lee,,,,,,,,\n"
            + "p1,,,true,s1,student,stu1,,小明,王,,20260001,,,,,03,\nq1,,,true,s1,guardian,g1,,大明,王,,,,,,,,\n",
        ["enrollments.csv"] = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
            + "e1,,,k1,s1,u1,teacher,true,2026-09-01,\ne2,,,k1,s1,p1,student,,,\n",
    };

    [Fact]
    public void Version_1_1_in_a_zip_gives_everything_but_the_pupils()
    {
        ImportedRoster roster = OneRosterReader.Read(Zip(One));

        roster.Faults.ShouldBeEmpty();
        roster.Orgs.Select(org => (org.Id, org.Name, org.Type, org.Number, org.ParentId)).ShouldBe([
            ("d1", "泉山区教育局", "district", null, null), ("s1", "湖滨小学", "school", "320311", "d1"),
        ]);
        roster.Terms.Select(term => (term.Title, term.Start, term.End)).ShouldBe([("2026-2027学年第一学期", new(2026, 9, 1), new(2027, 1, 22))]);
        roster.Subjects.Select(course => (course.Name, course.Code)).ShouldBe([("语文", "YW")]);
        roster.Classes.Select(one => (one.Name, one.Grade, one.Room, one.School, one.CourseId))
            .ShouldBe([("三年级2班", "03", "301", "s1", "c1")]);
        roster.Teachers.Select(one => (one.Name, one.User, one.Number, string.Join('|', one.Schools), one.Ended)).ShouldBe([
            ("张伟", "zhang.wei", "T001", "s1", false), ("Ann Lee", "ann.lee", null, "s1|d1", true),
        ]);
        roster.Teachings.Select(one => (one.ClassId, one.TeacherId, one.Primary, one.Begin))
            .ShouldBe([("k1", "u1", true, new DateOnly(2026, 9, 1))]);
        (roster.PupilsLeftOut, roster.OthersLeftOut, roster.ChangesOnly).ShouldBe((1, 1, false));
        roster.ToString().ShouldNotContain("小明");
    }

    [Fact]
    public void Version_1_2_says_roles_in_a_file_of_their_own()
    {
        Dictionary<string, string> two = new(One)
        {
            ["manifest.csv"] = "propertyName,value\noneroster.version,1.2\nfile.users,delta\n",
            ["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
                + "u1,active,,true,zhang.wei,,伟,张,,T001,,,,,,,,,,,,s1,\nu3,tobedeleted,,true,wang.fang,,芳,王,,,,,,,,,,,,,,s1,\np1,active,,true,stu1,,小明,王,,,,,,,,,,,,,,s1,\n",
            ["roles.csv"] = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
                + "r1,active,,u1,primary,teacher,,,s1,\nr2,active,,u3,primary,teacher,,,s1,\nr3,active,,p1,primary,student,,,s1,\n",
        };

        ImportedRoster roster = OneRosterReader.Read(Zip(two, "export/"));

        roster.Faults.ShouldBeEmpty();
        roster.Teachers.Select(one => (one.Name, one.Schools.Single(), one.Ended)).ShouldBe([("张伟", "s1", false), ("王芳", "s1", true)]);
        (roster.PupilsLeftOut, roster.ChangesOnly).ShouldBe((1, true));
    }

    [Fact]
    public void Single_files_are_read_without_the_others()
    {
        var files = new Dictionary<string, byte[]> { ["users.csv"] = Encoding.UTF8.GetBytes(One["users.csv"]) };

        ImportedRoster roster = OneRosterReader.Read(files);

        roster.Teachers.Count.ShouldBe(2);
        roster.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Wrong_rows_name_file_cell_and_reason()
    {
        Dictionary<string, string> bad = new(One)
        {
            ["orgs.csv"] = "sourcedId,name\ns1,湖滨小学\n",
            ["academicSessions.csv"] = One["academicSessions.csv"] + "t2,,,二学期,term,2027/2/1,2027-06-30,,\nt3,,,三,term,2027-06-30,2027-02-01,,\n",
            ["courses.csv"] = One["courses.csv"] + "c1,,,,数学,,,,,\nc2,,,,,,,,,\n",
            ["enrollments.csv"] = One["enrollments.csv"] + "e3,,,k9,s1,u1,teacher,,,\ne4,,,k1,s1,p1,teacher,,,\n",
        };

        OneRosterReader.Read(Zip(bad)).Faults.Select(fault => $"{fault.Sheet}!{fault.Cell} {fault.Reason}").ShouldBe([
            "orgs.csv!A1 缺少列 missing columns: type",
            "academicSessions.csv!F3 startDate “2027/2/1” 应为日期，如 2026-09-01 must be a date such as 2026-09-01",
            "academicSessions.csv!G4 endDate 2027-02-01 早于 startDate is before startDate",
            "courses.csv!A3 sourcedId “c1” 重复 is there twice",
            "courses.csv!E4 title 为空 is empty",
            "enrollments.csv!D4 classes.csv 里没有 has no “k9”",
            "enrollments.csv!F5 users.csv 里没有教师 has no teacher “p1”",
        ], ignoreOrder: true);
    }

    [Fact]
    public void Other_versions_and_other_archives_are_refused()
    {
        Refusal(Zip(new(One) { ["manifest.csv"] = "propertyName,value\noneroster.version,2.0\n" })).ShouldContain("只支持 1.1 和 1.2");
        Refusal(Zip(new() { ["a.csv"] = "x" })).ShouldContain("没有 OneRoster 的文件");
        Refusal(Zip(One)[..200]).ShouldContain("damaged");
        Should.Throw<FileRefusedException>(() => TimetableFile.Read("roster.zip", Zip(One))).Message.ShouldContain("请作为名册导入");
        Should.Throw<FileRefusedException>(() => OneRosterReader.Read(Zip(One), new() { PartBytes = 100 }))
            .Message.ShouldContain("too large");
    }

    private static string Refusal(byte[] zip) => Should.Throw<FileRefusedException>(() => OneRosterReader.Read(zip)).Message;

    private static byte[] Zip(Dictionary<string, string> files, string folder = "")
    {
        var stream = new MemoryStream();
        var withMark = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(folder + name).Open(), withMark);
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}
