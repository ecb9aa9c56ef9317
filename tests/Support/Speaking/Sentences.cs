namespace Xunke.Tests.Support.Speaking;

/// <summary>What is said in spoken lessons, in the speaker's language.</summary>
internal static class Sentences
{
    private static readonly string[] Explanations =
    [
        "Today we continue with fractions, so please look at the board.",
        "The lower number tells us into how many equal parts the whole is cut.",
        "When both numbers are multiplied by the same factor, the value does not change.",
        "Open your books on page forty two and read the second example with me.",
        "Remember what we found out last week about the area of a rectangle.",
        "Very good. Let us write that down together before we go on.",
        "A plant needs water, light and air, and it takes minerals out of the soil.",
    ];

    private static readonly string[] Questions =
        ["Who can tell me which of the two is larger?", "Why do you think that is so?", "What happens if we double the length?"];

    private static readonly string[] Answers =
    [
        "I think three quarters is larger because four quarters make a whole.",
        "It becomes twice as large.",
        "Because the plant stood in the dark, so its leaves turned yellow after a week.",
        "You have to multiply the upper number as well.",
        "The answer is seventeen and a half.",
    ];

    private static readonly string[] ChineseExplanations =
    [
        "今天我们继续学习分数，请大家看黑板。",
        "分母告诉我们，一个整体被平均分成了多少份。",
        "分子和分母同时乘一个相同的数，分数的大小不变。",
        "请把书翻到第四十二页，我们一起读第二个例题。",
        "很好，我们先把这一点写下来，再往下讲。",
        "植物的生长需要水、阳光和空气。",
    ];

    private static readonly string[] ChineseQuestions = ["谁能告诉我，这两个数哪个更大？", "你为什么这样想呢？", "如果长度变成两倍，会怎么样？"];

    private static readonly string[] ChineseAnswers =
        ["我觉得四分之三更大，因为四个四分之一是一个整体。", "它会变成原来的两倍。", "因为植物一直放在黑暗里，所以叶子变黄了。", "答案是十七点五。"];

    public static string OfTeacher(SpokenVoice voice, Random random) => Pick(voice.IsChinese ? ChineseExplanations : Explanations, random);

    public static string Question(SpokenVoice voice, Random random) => Pick(voice.IsChinese ? ChineseQuestions : Questions, random);

    public static string Answer(SpokenVoice voice, Random random) => Pick(voice.IsChinese ? ChineseAnswers : Answers, random);

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];
}
