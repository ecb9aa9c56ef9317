namespace Xunke.Web.Dashboards;

/// <summary>
/// A school in this minute. Lessons: rooms that have one by the timetable; Seen: of them, those where the camera sees people; Dark: of
/// them, those without a picture. Alerts wait for somebody, Severe ones for somebody to look now; null where the caller sees none.
/// </summary>
internal sealed record SchoolMinute(string SchoolId, int Lessons, int Seen, int Dark, int? Alerts, int? Severe);

/// <summary>The schools that the caller sees, in the order of the books.</summary>
internal sealed record DistrictHour(DateTimeOffset At, SchoolMinute[] Schools);
