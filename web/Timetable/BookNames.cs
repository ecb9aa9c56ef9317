using System.Collections.Frozen;
using Xunke.Actors.Books;

namespace Xunke.Web.Timetable;

/// <summary>Classes, teachers and subjects on the books, by their ids.</summary>
internal sealed record BookNames(
    FrozenDictionary<string, SchoolClass> Classes, FrozenDictionary<string, Teacher> Teachers, FrozenDictionary<string, Subject> Subjects)
{
    /// <summary>Nothing is on the books.</summary>
    public static BookNames None { get; } = new(
        FrozenDictionary<string, SchoolClass>.Empty, FrozenDictionary<string, Teacher>.Empty, FrozenDictionary<string, Subject>.Empty);

    /// <summary>The teacher who signs in with an account; null: none does.</summary>
    public Teacher? OfAccount(string userName) => Teachers.Values.FirstOrDefault(teacher => teacher.UserName == userName);

    /// <summary>A class's name; its id where it is no longer on the books.</summary>
    public string? Class(string? id) => id is null ? null : Classes.GetValueOrDefault(id)?.Name ?? id;

    /// <summary>A teacher's name; the id where it is no longer on the books.</summary>
    public string? Teacher(string? id) => id is null ? null : Teachers.GetValueOrDefault(id)?.Name ?? id;

    /// <summary>A subject's name; its id where it is no longer on the books.</summary>
    public string? Subject(string? id) => id is null ? null : Subjects.GetValueOrDefault(id)?.Name ?? id;

    /// <summary>A subject's English name; its id where it is no longer on the books.</summary>
    public string? SubjectEn(string? id) => id is null ? null : Subjects.GetValueOrDefault(id)?.NameEn ?? id;
}
