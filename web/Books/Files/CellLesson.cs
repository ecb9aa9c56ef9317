namespace Xunke.Web.Books.Files;

/// <summary>What a cell of a grid says of one lesson.</summary>
/// <param name="Subject">The subject; null: not said.</param>
/// <param name="Teacher">The teachers; null: not said.</param>
/// <param name="Room">The room; null: not said.</param>
/// <param name="Classes">The classes, where the cell names them.</param>
/// <param name="Weeks">When it is held; one for every range of weeks.</param>
internal sealed record CellLesson(
    string? Subject, string? Teacher, string? Room, IReadOnlyList<string> Classes, IReadOnlyList<Weeks> Weeks);
