using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Xunke.Actors.Records.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class ActorState : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "RoomAreas",
                columns: table => new
                {
                    RoomId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Version = table.Column<long>(type: "bigint", nullable: false),
                    Payload = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RoomAreas", x => new { x.RoomId, x.Kind });
                });
            migrationBuilder.Sql(OrleansTables.PostgreSql + OrleansTables.Former + OrleansTables.TakeOver("convert_to(payload, 'UTF8')"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "RoomAreas");
            migrationBuilder.Sql("DROP TABLE OrleansStorage; DROP TABLE OrleansQuery;");
        }
    }
}
