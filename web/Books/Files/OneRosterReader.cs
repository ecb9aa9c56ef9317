using Xunke.Web.Text;

namespace Xunke.Web.Books.Files;

/// <summary>Reads a set of OneRoster CSV files, version 1.1 or 1.2. Only teachers are kept of its people.</summary>
internal sealed class OneRosterReader
{
    private static readonly Dictionary<string, string[]> Required = new()
    {
        ["orgs.csv"] = ["sourcedId", "name", "type"],
        ["academicSessions.csv"] = ["sourcedId", "title", "type", "startDate", "endDate"],
        ["courses.csv"] = ["sourcedId", "title"],
        ["classes.csv"] = ["sourcedId", "title", "courseSourcedId", "schoolSourcedId"],
        ["users.csv"] = ["sourcedId", "enabledUser", "username", "givenName", "familyName"],
        ["roles.csv"] = ["sourcedId", "userSourcedId", "role", "orgSourcedId"],
        ["enrollments.csv"] = ["sourcedId", "classSourcedId", "userSourcedId", "role"],
    };

    private readonly IReadOnlyDictionary<string, byte[]> _files;
    private readonly FileLimits _limits;
    private readonly List<FileFault> _faults = [];
    private readonly Dictionary<string, int> _pupilsOf = [];
    private int _pupils;
    private int _others;

    private OneRosterReader(IReadOnlyDictionary<string, byte[]> files, FileLimits limits) => (_files, _limits) = (files, limits);

    /// <summary>Reads a zip of the files.</summary>
    /// <exception cref="FileRefusedException">It holds none of them, or is broken.</exception>
    public static ImportedRoster Read(byte[] zip, FileLimits? limits = null) =>
        Read(OneRosterFiles.Unpack(zip, limits ?? FileLimits.Default), limits);

    /// <summary>Reads the files.</summary>
    /// <param name="files">The bytes by the files' names, such as "users.csv".</param>
    /// <param name="limits">How much is read at most; null: the usual.</param>
    /// <exception cref="FileRefusedException">None of them is of OneRoster, or a version that is not known.</exception>
    public static ImportedRoster Read(IReadOnlyDictionary<string, byte[]> files, FileLimits? limits = null) =>
        files.Keys.Any(Required.ContainsKey)
            ? new OneRosterReader(files, limits ?? FileLimits.Default).Read()
            : throw new FileRefusedException("没有 OneRoster 的文件 there is no file of OneRoster: orgs.csv, classes.csv, users.csv …");

    private ImportedRoster Read()
    {
        var manifest = Rows("manifest.csv").GroupBy(row => row["propertyName"])
            .ToDictionary(same => same.Key, same => same.First()["value"]);
        if (manifest.TryGetValue("oneroster.version", out string? version) && version is not ("1.1" or "1.2"))
        {
            throw new FileRefusedException($"OneRoster 版本 version “{PlainText.Show(version)}”：只支持 1.1 和 1.2 only 1.1 and 1.2 are read");
        }

        ImportedOrg[] orgs = [.. Rows("orgs.csv").Select(Org).OfType<ImportedOrg>()];
        ImportedTeacher[] teachers = [.. Teachers()];
        ImportedClass[] classes = [.. Rows("classes.csv").Select(Class).OfType<ImportedClass>()];
        ImportedTeaching[] teachings = [.. Teachings(classes, teachers)];
        return new ImportedRoster
        {
            Orgs = orgs,
            Terms = [.. Rows("academicSessions.csv").Select(Term).OfType<ImportedTerm>()],
            Subjects = [.. Rows("courses.csv").Select(Course).OfType<ImportedSubject>()],
            Classes = [.. classes.Select(WithPupils)],
            Teachers = teachers,
            Teachings = teachings,
            PupilsLeftOut = _pupils,
            OthersLeftOut = _others,
            ChangesOnly = manifest.Any(entry => entry.Key.StartsWith("file.", StringComparison.Ordinal) && entry.Value == "delta"),
            Faults = _faults,
        };
    }

    private static ImportedOrg? Org(OneRosterRow row) => row.Name("name") is not { } name ? null
        : new ImportedOrg(row.Id, name, row.Source)
        {
            Type = row.OrNull("type"),
            ParentId = row.OrNull("parentSourcedId"),
            Number = row.OrNull("identifier"),
            Ended = row.Ended,
        };

    private static ImportedTerm? Term(OneRosterRow row)
    {
        string? title = row.Name("title");
        DateOnly? start = row.Date("startDate"), end = row.Date("endDate");
        if (title is null || start is not { } from || end is not { } to)
        {
            return null;
        }

        if (to < from)
        {
            row.Fault("endDate", $"endDate {to:yyyy-MM-dd} 早于 startDate is before startDate");
            return null;
        }

        return new ImportedTerm(row.Id, title, from, to, row.Source)
        {
            Type = row.OrNull("type"),
            ParentId = row.OrNull("parentSourcedId"),
            Ended = row.Ended,
        };
    }

    private static ImportedSubject? Course(OneRosterRow row) => row.Name("title") is not { } title ? null
        : new ImportedSubject(row.Id, title, row.Source) { Code = row.OrNull("courseCode"), Ended = row.Ended };

    private static ImportedClass? Class(OneRosterRow row) => row.Name("title") is not { } title ? null
        : new ImportedClass(row.Id, title, row.Source)
        {
            School = row.OrNull("schoolSourcedId"),
            Grade = row.OrNull("grades"),
            Room = row.OrNull("location"),
            IsCourse = row["classType"] == "scheduled",
            CourseId = row.OrNull("courseSourcedId"),
            TermIds = row.Several("termSourcedIds"),
            Ended = row.Ended,
        };

    private ImportedClass WithPupils(ImportedClass one) =>
        one.Id is { } id && _pupilsOf.TryGetValue(id, out int pupils) && pupils <= RosterReader.MostPupils
            ? one with { Pupils = pupils } : one;

    // Version 1.1 says the role beside the user, 1.2 in a file of its own.
    private IEnumerable<ImportedTeacher> Teachers()
    {
        ILookup<string, OneRosterRow> roles = Rows("roles.csv").Where(role => !role.Ended).ToLookup(role => role["userSourcedId"]);
        foreach (OneRosterRow row in Rows("users.csv"))
        {
            string[] said = roles.Contains(row.Id) ? [.. roles[row.Id].Select(role => role["role"])] : [row["role"]];
            if (!said.Contains("teacher"))
            {
                _pupils += said.Contains("student") ? 1 : 0;
                _others += said.Contains("student") ? 0 : 1;
                continue;
            }

            string family = Words.Name(row["familyName"]), given = Words.Name(row["givenName"]);
            string name = (family + given).All(letter => letter > '\u2E7F' || letter == '·') ? family + given : $"{given} {family}".Trim();
            if (name.Length == 0 || LessonNames.Fault("name", name) is not null)
            {
                row.Fault("familyName", name.Length == 0 ? "姓名为空 the name is empty" : LessonNames.Fault("姓名 name", name)!);
                continue;
            }

            yield return new ImportedTeacher(row.Id, name, row.Source)
            {
                User = row.OrNull("username"),
                Number = row.OrNull("identifier"),
                Schools =
                [
                    .. roles[row.Id].Where(role => role["role"] == "teacher").Select(role => role["orgSourcedId"])
                        .Concat(row.Several("orgSourcedIds")).Where(school => school.Length > 0).Distinct(),
                ],
                Ended = row.Ended || row["enabledUser"].Equals("false", StringComparison.OrdinalIgnoreCase),
            };
        }
    }

    private IEnumerable<ImportedTeaching> Teachings(ImportedClass[] classes, ImportedTeacher[] teachers)
    {
        var classIds = classes.Select(one => one.Id).ToHashSet();
        var teacherIds = teachers.Select(one => one.Id).ToHashSet();
        foreach (OneRosterRow row in Rows("enrollments.csv"))
        {
            // Of a pupil nothing is kept but that the class has one more.
            if (row["role"] == "student" && !row.Ended)
            {
                _pupilsOf[row["classSourcedId"]] = _pupilsOf.GetValueOrDefault(row["classSourcedId"]) + 1;
            }

            if (row["role"] != "teacher")
            {
                continue;
            }

            string classId = row["classSourcedId"], user = row["userSourcedId"];
            if (_files.ContainsKey("classes.csv") && !classIds.Contains(classId))
            {
                row.Fault("classSourcedId", $"classes.csv 里没有 has no “{PlainText.Show(classId)}”");
            }
            else if (_files.ContainsKey("users.csv") && !teacherIds.Contains(user))
            {
                row.Fault("userSourcedId", $"users.csv 里没有教师 has no teacher “{PlainText.Show(user)}”");
            }
            else
            {
                yield return new ImportedTeaching(classId, user, row.Source)
                {
                    Primary = row["primary"].Equals("true", StringComparison.OrdinalIgnoreCase),
                    Begin = row["beginDate"].Length > 0 ? row.Date("beginDate") : null,
                    End = row["endDate"].Length > 0 ? row.Date("endDate") : null,
                    Ended = row.Ended,
                };
            }
        }
    }

    // Read one by one: a district's pupils have several hundred thousand enrolments, none of which is kept.
    private IEnumerable<OneRosterRow> Rows(string file)
    {
        if (!_files.TryGetValue(file, out byte[]? content))
        {
            yield break;
        }

        if (content.Length > _limits.PartBytes)
        {
            throw new FileRefusedException($"{file} 太大 is too large: {content.Length}");
        }

        Dictionary<string, int>? columns = null;
        var seen = new HashSet<string>();
        foreach (CsvRow row in CsvRows.Read(Decode(file, content), ','))
        {
            if (row.Fault is not null)
            {
                _faults.Add(new FileFault(file, $"A{row.Number}", row.Fault));
            }
            else if (columns is null)
            {
                columns = row.Fields.Index().GroupBy(field => PlainText.Trim(field.Item))
                    .ToDictionary(same => same.Key, same => same.First().Index);
                string[] required = Required.GetValueOrDefault(file, ["propertyName", "value"]);
                string[] missing = [.. required.Where(name => !columns.ContainsKey(name))];
                if (missing.Length > 0)
                {
                    _faults.Add(new FileFault(file, "A1", $"缺少列 missing columns: {string.Join(", ", missing)}"));
                    yield break;
                }
            }
            else if (row.Fields.Any(field => field.Length > 0))
            {
                var read = new OneRosterRow(file, row, columns, _faults);
                if (columns.ContainsKey("sourcedId") && read.Id.Length == 0)
                {
                    read.Fault("sourcedId", "sourcedId 为空 is empty");
                }
                else if (columns.ContainsKey("sourcedId") && !seen.Add(read.Id))
                {
                    read.Fault("sourcedId", $"sourcedId “{PlainText.Show(read.Id)}” 重复 is there twice");
                }
                else
                {
                    yield return read;
                }
            }
        }
    }

    private static string Decode(string file, byte[] content)
    {
        try
        {
            return BookText.From(content, [.. Required.GetValueOrDefault(file, []).Select(name => new Column(name, name))]).Text;
        }
        catch (FileRefusedException refused)
        {
            throw new FileRefusedException($"{file}: {refused.Message}", refused);
        }
    }
}
