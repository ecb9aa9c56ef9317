using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Xunke.Actors.Records.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class VisitMedia : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Media",
                table: "Visits",
                type: "INTEGER",
                nullable: false,
                defaultValue: 3);

            migrationBuilder.CreateTable(
                name: "VisitPolicy",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    VideoOnly = table.Column<bool>(type: "INTEGER", nullable: false),
                    AudioOnly = table.Column<bool>(type: "INTEGER", nullable: false),
                    Both = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VisitPolicy", x => x.Id);
                });

            migrationBuilder.InsertData(
                table: "VisitPolicy",
                columns: new[] { "Id", "AudioOnly", "Both", "VideoOnly" },
                values: new object[] { 1, true, true, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "VisitPolicy");

            migrationBuilder.DropColumn(
                name: "Media",
                table: "Visits");
        }
    }
}
