namespace Xunke.Tests.Web.Books;

/// <summary>Separators, quotes, line ends and headers of the books' files, and what cannot be seen in them.</summary>
public sealed class BookShapeTests : IDisposable
{
    private const string Row = "s01,湖滨小学,Lakeside,s01-301,三年级1班,三年级,42";

    private readonly SchoolsFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(',', "")]
    [InlineData(';', "")]
    [InlineData('\t', "")]
    [InlineData('|', "")]
    [InlineData('，', "")]
    [InlineData(',', "sep=,\r\n")]
    [InlineData(';', "sep=;\r\n")]
    [InlineData('\t', "SEP=\t\n")]
    [InlineData('^', "\"sep=^\"\r\n")]
    public void The_separator_is_found_and_rows_keep_their_numbers(char separator, string line)
    {
        string text = line + (SchoolsFile.Header + Row).Replace(',', separator);

        var room = _file.Read(text).ShouldHaveSingleItem();

        (room.Row.Number, room.SchoolId, room.School, room.RoomId, room.Name, room.Enrolled)
            .ShouldBe((2, "s01", "湖滨小学", "s01-301", "三年级1班", 42));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\n")]
    public void Any_line_ends_do_and_empty_rows_and_columns_are_nothing(string end)
    {
        string text = end + SchoolsFile.Header.TrimEnd()
            .Replace("grade", "grade,") + ",," + end + end + Row.Replace("三年级,", "三年级,,") + ",,," + end + ",,,,,," + end;

        var room = _file.Read(text).ShouldHaveSingleItem();

        (room.Row.Number, room.Grade, room.Enrolled).ShouldBe((4, "三年级", 42));
    }

    [Theory]
    [InlineData("\u200Bschool_id")]
    [InlineData(" School ID ")]
    [InlineData("\"school_id\n(学校编号)\"")]
    [InlineData("ｓｃｈｏｏｌ＿ｉｄ")]
    [InlineData("学校编号（school_id）")]
    [InlineData("\uFEFF学校\u00AD编号")]
    public void A_header_is_known_by_its_letters(string header) =>
        _file.Read(SchoolsFile.Header.Replace("school_id", header) + Row).ShouldHaveSingleItem().SchoolId.ShouldBe("s01");

    [Fact]
    public void A_header_without_a_column_is_told_with_what_was_found()
    {
        _file.Faults("room,grade,enrolled,school,school_id,room_no\n" + Row).ShouldBe(
        [
            "第 1 行 row 1: 缺少列 missing column: 教室编号 room_id; "
            + "标题行是 the header reads “room” “grade” “enrolled” “school” “school_id” “room_no” (编码 encoding: UTF-8; 分隔符 separator: 逗号 comma)",
        ]);
        _file.Faults(SchoolsFile.Header.Replace("grade", "Room") + Row).ShouldBe(
        [
            "第 1 行 row 1: 列重复 duplicate column: 教室 room; 缺少列 missing column: 年级 grade; "
            + "标题行是 the header reads “school_id” “school” “school_en” “room_id” “room” “Room” “enrolled” (编码 encoding: UTF-8; 分隔符 separator: 逗号 comma)",
        ]);
    }

    [Fact]
    public void Wrong_quotes_are_told_of_their_own_rows_only()
    {
        string text = SchoolsFile.Header
            + Row.Replace("三年级1班", "\"三年级1班") + "\r\n"
            + Row.Replace("301", "302") + "\r\n"
            + Row.Replace("301", "303").Replace("三年级1班", "\"三年级\"1班") + "\r\n"
            + Row.Replace("301", "304").Replace("三年级1班", "三年级\"1\"班") + "\r\n"
            + Row.Replace("301", "305").Replace("三年级1班", "\"三年级,\"\"1\"\"班\" ") + "\r\n"
            + Row.Replace("301", "306").Replace("Lakeside", "\"Lakeside") + "\r\n"
            + Row.Replace("301", "307").Replace("三年级1班", "三年级1班\"") + "\r\n";

        _file.Faults(text).ShouldBe(
        [
            "第 2 行 row 2: 第 5 列 column 5: 引号有误 misplaced quotes",
            "第 4 行 row 4: 第 5 列 column 5: 引号有误 misplaced quotes",
            "第 5 行 row 5: 第 5 列 column 5: 引号有误 misplaced quotes",
            "第 7 行 row 7: 第 3 列 column 3: 引号有误 misplaced quotes",
            "第 8 行 row 8: 第 5 列 column 5: 引号有误 misplaced quotes",
        ]);
    }

    [Fact]
    public void A_line_break_in_a_cell_is_told_of_its_own_row()
    {
        string text = SchoolsFile.Header + Row + "\r\n" + Row.Replace("301", "302").Replace("Lakeside", "\"Lake\nside\"") + "\r\n"
            + Row.Replace("301", "303").Replace("三年级1班", "\"\r\n三年级3班\n\"") + "\r\n" + Row.Replace("301", "304").Replace("42", "x");

        _file.Faults(text).ShouldBe(
        [
            "第 3 行 row 3: 英文名 school_en “Lake⟨U+000A⟩side” 含有 contains 换行 U+000A line break; "
            + "英文名 school_en “Lake⟨U+000A⟩side” 与第 2 行不同 is not the “Lakeside” of row 2",
            "第 5 行 row 5: 人数 enrolled “x” 应为 1 到 100 must be 1 to 100",
        ]);
    }

    [Fact]
    public void What_cannot_be_seen_is_taken_off_the_ends()
    {
        string text = SchoolsFile.Header
            + "\uFEFFs01\u200B,\u00A0湖滨小学\u3000,\u00ADLakeside\u200E,s01-301\u200B,\t三年级1班 ,三年级\u2060, 42\u00A0\r\n";

        var room = _file.Read(text).ShouldHaveSingleItem();

        (room.SchoolId, room.School, room.SchoolEn, room.RoomId, room.Name, room.Grade, room.Enrolled)
            .ShouldBe(("s01", "湖滨小学", "Lakeside", "s01-301", "三年级1班", "三年级", 42));
    }

    [Theory]
    [InlineData("三年级\u00001班", "三年级⟨U+0000⟩1班", "控制字符 U+0000 control character")]
    [InlineData("三年级\u202E1班", "三年级⟨U+202E⟩1班", "文字方向控制符 U+202E text direction mark")]
    [InlineData("\u202E三年级1班", "⟨U+202E⟩三年级1班", "文字方向控制符 U+202E text direction mark")]
    [InlineData("三年\uFEFF级", "三年⟨U+FEFF⟩级", "字节序标记 U+FEFF byte order mark")]
    [InlineData("三年\u200B级", "三年⟨U+200B⟩级", "看不见的字符 U+200B invisible character")]
    [InlineData("三年\u00AD级", "三年⟨U+00AD⟩级", "看不见的字符 U+00AD invisible character")]
    [InlineData("三年\u3164级", "三年⟨U+3164⟩级", "看不见的字符 U+3164 invisible character")]
    [InlineData("三年\u2067级", "三年⟨U+2067⟩级", "文字方向控制符 U+2067 text direction mark")]
    [InlineData("三年\uE000级", "三年⟨U+E000⟩级", "自造字区的字符 U+E000 private-use character")]
    [InlineData("三年\uFFFD级", "三年⟨U+FFFD⟩级", "文字损坏的标记 U+FFFD mark of damaged text")]
    [InlineData("三年\uFDD0级", "三年⟨U+FDD0⟩级", "非字符 U+FDD0 noncharacter")]
    [InlineData("三年\U000E0101级", "三年⟨U+E0101⟩级", "异体选择符 U+E0101 variation selector")]
    [InlineData("\u0301三年", "⟨U+0301⟩三年", "孤立的附加符号 U+0301 lone combining mark")]
    public void What_cannot_be_seen_within_a_name_is_named(string name, string shown, string what)
    {
        // A mark at the beginning is drawn upon whatever stands before it.
        _file.Faults(SchoolsFile.Header + Row.Replace("三年级1班", name))
            .ShouldBe([$"第 2 行 row 2: 教室 room “{(name[0] == '\u0301' ? name : shown)}” 含有 contains {what}"]);
    }

    [Fact]
    public void Identifiers_may_be_full_width_and_what_else_is_in_them_is_named()
    {
        _file.Read(SchoolsFile.Header + Row.Replace("s01", "ｓ０１").Replace("42", "４２")).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(room => room.RoomId.ShouldBe("s01-301"), room => room.Enrolled.ShouldBe(42));
        _file.Faults(SchoolsFile.Header + Row.Replace("s01-301", "s01-\u200B301")).ShouldBe(
            ["第 2 行 row 2: 教室编号 room_id “s01-⟨U+200B⟩301” 含有 contains 看不见的字符 U+200B invisible character"]);
    }

    [Theory]
    [InlineData("s01-301", "1E+05", "教室编号 room_id “1E+05” 像是被表格软件改成的数字 looks like a number made by a spreadsheet")]
    [InlineData("s01-301", "3月1日", "教室编号 room_id “3月1日” 像是被表格软件改成的日期 looks like a date made by a spreadsheet")]
    [InlineData("s01-301", "3-Jan", "教室编号 room_id “3-Jan” 像是被表格软件改成的日期 looks like a date made by a spreadsheet")]
    [InlineData("三年级1班", "2026/3/1", "教室 room “2026/3/1” 像是被表格软件改成的日期 looks like a date made by a spreadsheet")]
    [InlineData("三年级1班", "#REF!", "教室 room “#REF!” 是表格软件的错误值 is an error value of a spreadsheet")]
    [InlineData(
        "三年级1班", "=1+1", "教室 room “=1+1” 不能以 = + - @ 开头，表格软件会当成公式 must not start with = + - @, which a spreadsheet takes for a formula")]
    [InlineData("三年级1班", "。。", "教室 room “。。” 没有文字 has no letters")]
    [InlineData(",42", ",42.5", "人数 enrolled “42.5” 应为 1 到 100 must be 1 to 100")]
    public void What_a_spreadsheet_spoiled_is_named(string was, string became, string fault) =>
        _file.Faults(SchoolsFile.Header + Row.Replace(was, became)).ShouldBe([$"第 2 行 row 2: {fault}"]);

    [Fact]
    public void Zeros_lost_at_the_front_are_named() =>
        _file.Faults(SchoolsFile.Header + "1,湖滨小学,,01-301,三年级1班,三年级,42\n").ShouldHaveSingleItem().ShouldContain("dropped the zeros");

    [Fact]
    public void A_large_file_is_read_and_one_with_faults_everywhere_is_told_in_bounds()
    {
        string text = SchoolsFile.Header
            + string.Concat(Enumerable.Range(0, 10_000).Select(i => $"s{i / 30},湖滨小学,,s{i / 30}-{i},三年级{i}班,三年级,42\r\n"));

        _file.Read(text).Count.ShouldBe(10_000);
        string[] faults = _file.Faults(text.Replace(",42", ",x"));
        faults.Length.ShouldBe(1001);
        faults[^1].ShouldBe("… 还有 and 9000 行 more rows");
    }

    [Fact]
    public void A_huge_cell_is_told_in_bounds() =>
        _file.Faults(SchoolsFile.Header + Row.Replace("三年级1班", new string('班', 1_000_000))).ShouldBe(
            ["第 2 行 row 2: 第 5 列 column 5: 太长，超过 32767 个字符 is longer than 32767 characters"]);
}
