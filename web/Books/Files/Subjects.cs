using System.Collections.Frozen;

namespace Xunke.Web.Books.Files;

/// <summary>Names of subjects that tell a subject from a person or a place; a subject need not be one of them.</summary>
internal static class Subjects
{
    private static readonly FrozenSet<string> Known = (
        "语文 数学 英语 外语 日语 俄语 道法 道德与法治 道德与法制 品德 品德与生活 品德与社会 品生 品社 思品 思想品德 思政 政治 思想政治 历史 地理 "
        + "物理 化学 生物 生命科学 科学 自然 信息 信息技术 信息科技 信技 微机 计算机 电脑 通用技术 通技 技术 体育 体育与健康 体健 体锻 体活 健康 "
        + "健康教育 音乐 美术 艺术 书法 写字 劳动 劳技 劳动技术 劳动教育 综合 综合实践 综合实践活动 综实 心理 心理健康 心育 班会 班队 班队会 主题班会 "
        + "队会 团队活动 少先队活动 少先队 校本 校本课程 地方 地方课程 阅读 课外阅读 整本书阅读 作文 写作 习作 自习 自主学习 自修 社团 社团活动 选修 走班 "
        + "选修课 安全 安全教育 法制 法治 国学 经典 经典诵读 诵读 口语 外教 外教课 听力 思维 奥数 棋类 围棋 象棋 国际象棋 足球 篮球 排球 乒乓球 羽毛球 "
        + "游泳 舞蹈 合唱 器乐 形体 轮滑 武术 编程 机器人 创客 人工智能 stem 研学 研究性学习 生涯 生涯规划 生命教育 国防教育 环境教育 专题教育 传统文化 "
        + "活动 活动课 体活课 兴趣 兴趣课 大课间 集会 晨会 语 数 英 体 音 美 科 信 劳 政 史 地 物 化 生 "
        + "chinese math maths mathematics english science history geography physics chemistry biology music art pe ict it politics labour")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Endings = ["课", "校队", "实验", "实验课", "辅导", "复习", "专题", "活动", "教育"];

    /// <summary>Whether a word is surely a subject; 语文A and 体育(男) are too.</summary>
    public static bool IsKnown(string text)
    {
        string key = Words.Key(text);
        int bracket = key.IndexOf('(', StringComparison.Ordinal);
        string bare = (bracket > 0 ? key[..bracket] : key).TrimEnd([.. "0123456789abcd"]);
        return Known.Contains(key) || Known.Contains(bare)
            || Endings.Any(ending => bare.EndsWith(ending, StringComparison.Ordinal) && Known.Contains(bare[..^ending.Length]));
    }

    /// <summary>The longest subject that a text begins with, where nothing separates it from what follows, as in 语文王芳.</summary>
    public static string? Beginning(string text)
    {
        for (int length = Math.Min(text.Length - 1, 8); length >= 2; length--)
        {
            if (Known.Contains(Words.Key(text[..length])))
            {
                return text[..length];
            }
        }

        return null;
    }
}
