using System.Text;
using Xunke.Web.Books;

namespace Xunke.Tests.Web.Books;

/// <summary>In which encodings the files of the books are read, and that no other one is guessed.</summary>
public sealed class BookEncodingTests : IDisposable
{
    private const string Rooms = SchoolsFile.Header
        + "s01,湖滨小学,Lakeside,s01-301,三年级1班,三年级,42\r\ns01,湖滨小学,Lakeside,s01-302,三年级2班,三年级,41\r\n";

    private readonly SchoolsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", false)]
    [InlineData("utf-32BE", true)]
    [InlineData("gb18030", false)]
    public void Unicode_and_GB18030_are_read(string encoding, bool mark)
    {
        ShouldBeTheRooms(_file.Read(SchoolsFile.Bytes(Rooms, encoding, mark)));
        ShouldBeTheRooms(_file.Read(SchoolsFile.Bytes(Rooms.Replace(',', '\t'), encoding, mark)));
    }

    [Fact]
    public void GB18030_with_its_own_mark_is_read() =>
        ShouldBeTheRooms(_file.Read([0x84, 0x31, 0x95, 0x33, .. SchoolsFile.Bytes(Rooms, "gb18030")]));

    [Theory]
    [InlineData("龚喆", "陶镕", "郑堃")]
    [InlineData("张伟", "王芳", "㛃")]
    [InlineData("欧阳娜娜", "买买提·吐尔逊", "𬭎")]
    public void GB18030_with_Chinese_headers_may_hold_any_rare_name(params string[] names)
    {
        string text = "学校编号,学校,教室编号,教室,年级,人数\r\n" + string.Concat(names.Select((name, i) => $"s01,湖滨小学,s01-{i},{name}班,三年级,42\r\n"));

        _file.Read(SchoolsFile.Bytes(text, "gb18030")).Select(room => room.Name).ShouldBe(names.Select(name => name + "班"));
    }

    [Fact]
    public void GB18030_with_English_headers_may_hold_some_rare_names()
    {
        string text = SchoolsFile.Header + "s01,堃泰小学,,s01-301,三年级1班,三年级,42\r\ns01,堃泰小学,,s01-302,喆明班,三年级,41\r\n";

        _file.Read(SchoolsFile.Bytes(text, "gb18030"))
            .Select(room => (room.School, room.Name)).ShouldBe([("堃泰小学", "三年级1班"), ("堃泰小学", "喆明班")]);
    }

    [Theory]
    [InlineData("big5", "湖濱國小", "三年級甲班", "三年級", "Big5")]
    [InlineData("big5", "台北市立建國高級中學", "一年一班", "一年級", "Big5")]
    [InlineData("euc-kr", "서울초등학교", "삼학년 일반", "삼학년", "EUC-KR")]
    [InlineData("shift_jis", "さくら小学校", "三年一組", "三年", "Shift-JIS")]
    [InlineData("euc-jp", "さくら小学校", "三年一組", "三年", "EUC-JP")]
    [InlineData("windows-1252", "Grundschule Müller", "Käthe", "Größe", "Windows-1252")]
    [InlineData("windows-1252", "École élémentaire", "Salle été", "première", "Windows-1252")]
    [InlineData("windows-1251", "Школа", "Первый класс", "Первый", null)]
    [InlineData("koi8-r", "Школа", "Первый класс", "Первый", null)]
    [InlineData("windows-874", "โรงเรียน", "ห้อง", "ชั้น", null)]
    public void Other_encodings_are_refused_with_what_to_do(string encoding, string school, string room, string grade, string? like)
    {
        string text = $"{SchoolsFile.Header}s01,{school},,s01-301,{room},{grade},42\r\ns01,{school},,s01-302,{room} B,{grade},41\r\n";

        string refusal = _file.Refusal(SchoolsFile.Bytes(text, encoding));

        refusal.ShouldBe(
            $"编码无法确定 the encoding cannot be told for sure{(like is null ? null : $" (像是 looks like {like})")}；请另存为 CSV UTF-8 save it as “CSV UTF-8”");
    }

    [Fact]
    public void Damaged_UTF8_is_told_from_other_encodings()
    {
        byte[] content = SchoolsFile.Bytes(Rooms, "utf-8");
        int last = Array.LastIndexOf(content, (byte)',') - 1;
        content[last] = (byte)'?';

        _file.Refusal(content).ShouldContain("looks like UTF-8 with broken bytes in line 3");
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("gb18030")]
    public void Text_that_was_read_wrong_before_it_was_saved_is_refused(string wrong)
    {
        // Pairs of hanzi, six bytes in UTF-8, so that every byte finds a partner.
        string mojibake = SchoolsFile.Header
            + $"s01,{Encoding.GetEncoding(wrong).GetString(Encoding.UTF8.GetBytes("湖滨小学"))},,s01-1,1,1,42\n";

        _file.Refusal(Encoding.UTF8.GetBytes(mojibake)).ShouldContain("read in a wrong encoding");
    }

    [Fact]
    public void A_file_that_is_no_text_is_called_what_it_is()
    {
        _file.Refusal([(byte)'P', (byte)'K', 3, 4, 20, 0])
            .ShouldBe("这是Excel 工作簿 an Excel workbook，不是 CSV and not CSV；请另存为 CSV UTF-8 save it as “CSV UTF-8”");
        _file.Refusal([]).ShouldBe("文件是空的 the file is empty");
        _file.Refusal(Encoding.UTF8.GetBytes("\r\n,,,\r\n")).ShouldBe("文件是空的 the file is empty");
    }

    private static void ShouldBeTheRooms(IReadOnlyList<RoomOnFile> rooms) =>
        rooms.Select(room =>
            (room.Row.Number, room.SchoolId, room.School, room.SchoolEn, room.RoomId, room.Name, room.Grade, room.Enrolled)).ShouldBe(
        [
            (2, "s01", "湖滨小学", "Lakeside", "s01-301", "三年级1班", "三年级", 42),
            (3, "s01", "湖滨小学", "Lakeside", "s01-302", "三年级2班", "三年级", 41),
        ]);
}
