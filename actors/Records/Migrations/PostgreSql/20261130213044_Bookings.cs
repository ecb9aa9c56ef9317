using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Xunke.Actors.Records.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Bookings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsRecordingRoom",
                table: "Rooms",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "KeepUntil",
                table: "Recordings",
                type: "bigint",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Bookings",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    RoomId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SchoolId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UserName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DisplayName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Purpose = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    AskedAt = table.Column<long>(type: "bigint", nullable: false),
                    From = table.Column<long>(type: "bigint", nullable: false),
                    To = table.Column<long>(type: "bigint", nullable: false),
                    Period = table.Column<int>(type: "integer", nullable: true),
                    PeriodName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    TeacherId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    EntryId = table.Column<Guid>(type: "uuid", nullable: true),
                    LessonDate = table.Column<DateOnly>(type: "date", nullable: true),
                    ClassId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SubjectId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RecordingId = table.Column<Guid>(type: "uuid", nullable: false),
                    KeepDays = table.Column<int>(type: "integer", nullable: true),
                    State = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    DecidedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DecidedByName = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DecidedAt = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true, collation: "C"),
                    Fault = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    PictureAt = table.Column<long>(type: "bigint", nullable: true),
                    SeenAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookings", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RecordingRules",
                columns: table => new
                {
                    SchoolId = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    Askers = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Approval = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    LongestMinutes = table.Column<int>(type: "integer", nullable: false),
                    KeepDays = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecordingRules", x => x.SchoolId);
                    table.ForeignKey(
                        name: "FK_RecordingRules_Schools_SchoolId",
                        column: x => x.SchoolId,
                        principalTable: "Schools",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_RecordingId",
                table: "Bookings",
                column: "RecordingId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_RoomId_From",
                table: "Bookings",
                columns: new[] { "RoomId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_SchoolId_From",
                table: "Bookings",
                columns: new[] { "SchoolId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_State_From",
                table: "Bookings",
                columns: new[] { "State", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_TeacherId_From",
                table: "Bookings",
                columns: new[] { "TeacherId", "From" });

            migrationBuilder.CreateIndex(
                name: "IX_Bookings_UserName_From",
                table: "Bookings",
                columns: new[] { "UserName", "From" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Bookings");

            migrationBuilder.DropTable(
                name: "RecordingRules");

            migrationBuilder.DropColumn(
                name: "IsRecordingRoom",
                table: "Rooms");

            migrationBuilder.DropColumn(
                name: "KeepUntil",
                table: "Recordings");
        }
    }
}
