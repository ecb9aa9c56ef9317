using System.IO.Compression;
using System.Text;

namespace Xunke.Tests.Web.Books.Imports;

/// <summary>A made-up set of OneRoster 1.1 of one school, as other programs write it.</summary>
internal static class OneRosterSet
{
    /// <summary>A pupil's name, to look for where it must not be.</summary>
    public const string Pupil = "皮卡晗";

    /// <summary>The files of a school by their names.</summary>
    public static Dictionary<string, string> Files(string schoolId, string schoolName, string teachers = "", string status = "") => new()
    {
        ["manifest.csv"] = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n",
        ["orgs.csv"] = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
            + $"d1,,,测试区教育局,district,,\n{schoolId},,,{schoolName},school,,d1\n",
        ["academicSessions.csv"] = "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
            + "t1,,,第一学期,term,2041-09-02,2042-01-17,,2042\n",
        ["courses.csv"] =
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
            + $"c1,,,,语文,YW,03,{schoolId},语文,\n",
        ["classes.csv"] = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
            + "termSourcedIds,subjects,subjectCodes,periods\n"
            + $"k1,,,三年级2班,03,,,homeroom,,{schoolId},t1,,,\nk2,,,三年级2班语文,03,c1,,scheduled,,{schoolId},t1,,,\n",
        ["users.csv"] = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
            + "identifier,email,sms,phone,agentSourcedIds,grades,password\n"
            + $"u1,{status},,true,\"d1,{schoolId}\",teacher,zhang.wei,,伟,张,,T001,,,,,,\n{teachers}"
            + $"p1,,,true,{schoolId},student,stu1,,{Pupil[1..]},{Pupil[..1]},,20260001,,,,,03,\n"
            + $"p2,,,true,{schoolId},student,stu2,,乙,周,,20260002,,,,,03,\n"
            + $"q1,,,true,{schoolId},guardian,g1,,大明,王,,,,,,,,\n",
        ["enrollments.csv"] =
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
            + $"e1,,,k2,{schoolId},u1,teacher,true,,\ne2,,,k1,{schoolId},p1,student,,,\ne3,,,k1,{schoolId},p2,student,,,\n",
    };

    /// <summary>The files one by one.</summary>
    public static (string Name, byte[] Content)[] Single(Dictionary<string, string> files) =>
        [.. files.Select(file => (file.Key, Encoding.UTF8.GetBytes(file.Value)))];

    /// <summary>The files in a zip.</summary>
    public static byte[] Zip(Dictionary<string, string> files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string text) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}
