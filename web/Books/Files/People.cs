using System.Collections.Frozen;

namespace Xunke.Web.Books.Files;

/// <summary>Tells names of people.</summary>
internal static class People
{
    private static readonly FrozenSet<char> Surnames = (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹"
        + "孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒"
        + "阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂"
        + "全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚"
        + "花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利"
        + "於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由")
        .ToFrozenSet();

    private static readonly FrozenSet<string> Compound =
        "欧阳 司马 上官 诸葛 司徒 东方 独孤 南宫 万俟 闻人 夏侯 尉迟 公羊 皇甫 澹台 公冶 长孙 慕容 令狐 宇文 轩辕 端木 呼延 西门"
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Titles = ["老师", "教师", "先生", "女士"];

    /// <summary>Whether a text is very likely a person's name.</summary>
    public static bool IsName(string text)
    {
        string name = WithoutTitle(text);
        return name.Length < Words.Key(text).Length
            || (LooksLikeName(name) && (Surnames.Contains(name[0]) || name.Contains('·', StringComparison.Ordinal)
                || (name.Length > 2 && Compound.Contains(name[..2]))));
    }

    /// <summary>Whether a text may be a name: two to four hanzi, or with dots between.</summary>
    public static bool LooksLikeName(string text)
    {
        string name = WithoutTitle(text);
        return name.Length is >= 2 and <= 4 ? name.All(IsHanzi)
            : name.Length is > 4 and <= 20 && name.Contains('·', StringComparison.Ordinal)
                && name.All(letter => IsHanzi(letter) || letter == '·');
    }

    private static string WithoutTitle(string text)
    {
        string name = Words.Key(text);
        foreach (string title in Titles)
        {
            if (name.Length > title.Length && name.EndsWith(title, StringComparison.Ordinal))
            {
                return name[..^title.Length];
            }
        }

        return name;
    }

    private static bool IsHanzi(char character) => character is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';
}
