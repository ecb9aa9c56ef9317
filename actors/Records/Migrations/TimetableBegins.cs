namespace Xunke.Actors.Records.Migrations;

/// <summary>Until there were classes, a room bore the name of the class in it.</summary>
internal static class TimetableBegins
{
    /// <summary>Makes a class of each room's, with the room's id. Two rooms of one name become two classes that tell them apart.</summary>
    public const string ClassOfEachRoom =
        """
        INSERT INTO "Classes" ("Id", "SchoolId", "Name", "Grade", "Enrolled", "RoomId")
        SELECT one."Id", one."SchoolId",
               CASE WHEN EXISTS (SELECT 1 FROM "Rooms" other
                                 WHERE other."SchoolId" = one."SchoolId" AND other."Name" = one."Name" AND other."Id" <> one."Id")
                    THEN one."Name" || ' ' || one."Id" ELSE one."Name" END,
               one."Grade", one."Enrolled", one."Id"
        FROM "Rooms" one;
        """;
}
