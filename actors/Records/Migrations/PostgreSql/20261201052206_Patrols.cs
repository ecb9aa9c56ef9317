using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Xunke.Actors.Records.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Patrols : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Lesson_ClassId",
                table: "Visits",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateOnly>(
                name: "Lesson_Date",
                table: "Visits",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "Lesson_EntryId",
                table: "Visits",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Lesson_Period",
                table: "Visits",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Lesson_SubjectId",
                table: "Visits",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<string>(
                name: "Lesson_TeacherId",
                table: "Visits",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.CreateTable(
                name: "Patrols",
                columns: table => new
                {
                    VisitId = table.Column<Guid>(type: "uuid", nullable: false),
                    RoomId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SchoolId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UserName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DisplayName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    TeacherId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ClassId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SubjectId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Date = table.Column<DateOnly>(type: "date", nullable: false),
                    FormId = table.Column<Guid>(type: "uuid", nullable: false),
                    FormVersion = table.Column<int>(type: "integer", nullable: false),
                    Answers = table.Column<string>(type: "text", nullable: false),
                    IsException = table.Column<bool>(type: "boolean", nullable: false),
                    Expected = table.Column<int>(type: "integer", nullable: true),
                    Seen = table.Column<int>(type: "integer", nullable: true),
                    Present = table.Column<int>(type: "integer", nullable: true),
                    Note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    ChangedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Patrols", x => x.VisitId);
                    table.ForeignKey(
                        name: "FK_Patrols_FormVersions_FormId_FormVersion",
                        columns: x => new { x.FormId, x.FormVersion },
                        principalTable: "FormVersions",
                        principalColumns: new[] { "FormId", "Number" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Visits_Lesson_TeacherId_Lesson_Date",
                table: "Visits",
                columns: new[] { "Lesson_TeacherId", "Lesson_Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Patrols_FormId_FormVersion",
                table: "Patrols",
                columns: new[] { "FormId", "FormVersion" });

            migrationBuilder.CreateIndex(
                name: "IX_Patrols_SchoolId_At",
                table: "Patrols",
                columns: new[] { "SchoolId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_Patrols_TeacherId_Date",
                table: "Patrols",
                columns: new[] { "TeacherId", "Date" });

            migrationBuilder.CreateIndex(
                name: "IX_Patrols_UserName_At",
                table: "Patrols",
                columns: new[] { "UserName", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Patrols");

            migrationBuilder.DropIndex(
                name: "IX_Visits_Lesson_TeacherId_Lesson_Date",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_ClassId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_Date",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_EntryId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_Period",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_SubjectId",
                table: "Visits");

            migrationBuilder.DropColumn(
                name: "Lesson_TeacherId",
                table: "Visits");
        }
    }
}
