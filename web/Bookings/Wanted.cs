namespace Xunke.Web.Bookings;

/// <summary>
/// A recording room that somebody wants for a period of a date. A teacher books for own lessons; others may name a teacher.
/// </summary>
internal sealed record WantedBooking(string? RoomId, DateOnly? Date, int? Period, string? Purpose, string? TeacherId);

/// <summary>A room that somebody wants to have recorded from now on.</summary>
internal sealed record WantedRecording(string? RoomId, int? Minutes, string? Purpose);

/// <summary>What somebody decides; a refusal has a reason.</summary>
internal sealed record WantedDecision(bool Approve, string? Reason);
