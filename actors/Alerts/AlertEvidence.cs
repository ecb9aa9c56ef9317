using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Xunke.Actors.Live;
using Xunke.Analytics.Behaviours;

namespace Xunke.Actors.Alerts;

/// <summary>A room's figures at one instant of the minute before an alert.</summary>
public sealed record AlertMoment(DateTimeOffset At, ClassroomState State, int People, TeacherPlace Teacher);

/// <summary>Why an alert was raised: the rule, and the figures that it was raised on. No picture.</summary>
/// <param name="Rule">The rule as it was then.</param>
/// <param name="Since">Since when the condition held.</param>
/// <param name="State">Whether the room's camera could be seen; null: the alert is a school's.</param>
/// <param name="StateSince">Since when.</param>
/// <param name="Fault">What was wrong with the picture, or null.</param>
/// <param name="People">People seen at seats; null: nobody could say.</param>
/// <param name="Enrolled">Pupils on the books; null: not known.</param>
/// <param name="Teacher">Where the teacher was.</param>
/// <param name="EntryId">The lesson of the timetable; null: none.</param>
/// <param name="ClassId">Its class.</param>
/// <param name="SubjectId">Its subject.</param>
/// <param name="LessonFrom">When it began.</param>
/// <param name="LessonTo">When it ends.</param>
/// <param name="PeriodName">The period's name.</param>
/// <param name="Lost">A school's: how many cameras were lost.</param>
/// <param name="Cameras">A school's: of how many.</param>
/// <param name="Before">The minute before, at most one moment in five seconds.</param>
public sealed record AlertEvidence(
    AlertRule Rule, DateTimeOffset Since, ClassroomState? State, DateTimeOffset? StateSince, string? Fault, int? People, int? Enrolled,
    TeacherPlace? Teacher, Guid? EntryId, string? ClassId, string? SubjectId, DateTimeOffset? LessonFrom, DateTimeOffset? LessonTo,
    string? PeriodName, int? Lost, int? Cameras, ImmutableArray<AlertMoment> Before)
{
    /// <summary>As text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AlertJson.Default.AlertEvidence);

    /// <summary>From text.</summary>
    /// <returns>Null: the text is not of this shape.</returns>
    public static AlertEvidence? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AlertJson.Default.AlertEvidence);
        }
        catch (JsonException)
        {
            // A later version may write it otherwise; the alert is shown without it.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AlertEvidence))]
internal sealed partial class AlertJson : JsonSerializerContext;
