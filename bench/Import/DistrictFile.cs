using System.Text;
using Microsoft.EntityFrameworkCore;
using Xunke.Actors.Books;
using Xunke.Actors.Records;

namespace Xunke.Bench.Import;

/// <summary>The timetables of all classes of the demo district as one list, as a bureau's own program writes it.</summary>
internal static class DistrictFile
{
    private const int Days = 5;
    private const int Periods = 8;

    /// <summary>Makes it: 40 lessons a week for each class, with the school's own teachers.</summary>
    /// <returns>The file in UTF-8, and how many lessons it has.</returns>
    public static async Task<(byte[] Content, int Lessons)> MakeAsync(RecordsContext records, CancellationToken cancellationToken)
    {
        Dictionary<string, string> schools = await records.Schools.ToDictionaryAsync(one => one.Id, one => one.Name, cancellationToken);
        List<SchoolClass> classes = await records.Classes.AsNoTracking().OrderBy(one => one.Id).ToListAsync(cancellationToken);
        List<string> subjects = await records.Subjects.OrderBy(one => one.Order).Select(one => one.Name).ToListAsync(cancellationToken);
        ILookup<string, string> teachers = (await records.Teachers.AsNoTracking().ToListAsync(cancellationToken))
            .GroupBy(one => (one.SchoolId, one.Name)).Where(same => same.Count() == 1).Select(same => same.First())
            .ToLookup(one => one.SchoolId, one => one.Name);
        var text = new StringBuilder("\uFEFF学校,星期,节次,班级,课程,教师,单双周\r\n");
        int lessons = 0;
        foreach ((int index, SchoolClass one) in classes.Index())
        {
            string[] own = [.. teachers[one.SchoolId]];
            for (int slot = 0; slot < Days * Periods; slot++)
            {
                string teacher = own.Length == 0 ? string.Empty : own[((index * 7) + slot) % own.Length];
                text.Append($"{schools[one.SchoolId]},星期{"一二三四五"[slot / Periods]},第{(slot % Periods) + 1}节,{one.Name},"
                    + $"{subjects[(index + slot) % subjects.Count]},{teacher},\r\n");
                lessons++;
            }
        }

        return (Encoding.UTF8.GetBytes(text.ToString()), lessons);
    }
}
