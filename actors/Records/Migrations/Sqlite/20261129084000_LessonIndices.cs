using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Xunke.Actors.Records.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class LessonIndices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Lessons_Ended",
                table: "Lessons",
                column: "Ended",
                filter: "\"Ended\" = FALSE");

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_To",
                table: "Lessons",
                column: "To");

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_SchoolId_From",
                table: "Lessons",
                columns: new[] { "SchoolId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Lessons_SchoolId_RoomId_From",
                table: "Lessons",
                columns: new[] { "SchoolId", "RoomId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_SchoolId_RoomId_From",
                table: "Visits",
                columns: new[] { "SchoolId", "RoomId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_UserName_RoomId_From",
                table: "Visits",
                columns: new[] { "UserName", "RoomId", "From" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Lessons_Ended",
                table: "Lessons");

            migrationBuilder.DropIndex(
                name: "IX_Lessons_To",
                table: "Lessons");

            migrationBuilder.DropIndex(
                name: "IX_Lessons_SchoolId_From",
                table: "Lessons");

            migrationBuilder.DropIndex(
                name: "IX_Lessons_SchoolId_RoomId_From",
                table: "Lessons");

            migrationBuilder.DropIndex(
                name: "IX_Visits_SchoolId_RoomId_From",
                table: "Visits");

            migrationBuilder.DropIndex(
                name: "IX_Visits_UserName_RoomId_From",
                table: "Visits");
        }
    }
}
