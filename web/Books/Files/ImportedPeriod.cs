namespace Xunke.Web.Books.Files;

/// <summary>A period of the day, where the file gives its times.</summary>
/// <param name="Number">1 to 20.</param>
/// <param name="Start">When it begins, in the school's local time.</param>
/// <param name="End">When it ends.</param>
internal sealed record ImportedPeriod(int Number, TimeOnly Start, TimeOnly End);
