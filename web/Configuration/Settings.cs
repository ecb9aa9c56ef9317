using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Data: where everything is kept.</summary>
internal sealed class DataSettings
{
    /// <summary>The data directory, created when missing.</summary>
    [Required]
    public string Directory { get; set; } = "./data";
}

/// <summary>Section Database: where the records are kept.</summary>
internal sealed class DatabaseSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Database";

    /// <summary>A file in the data directory.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>A database of PostgreSQL's, which <see cref="ConnectionString"/> names.</summary>
    public const string PostgreSql = "postgresql";

    /// <summary>Which of the two.</summary>
    [AllowedValues(Sqlite, PostgreSql)]
    public string Provider { get; set; } = Sqlite;

    /// <summary>Such as Host=db;Database=xunke;Username=xunke; the password may be in PGPASSWORD or ~/.pgpass instead.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>Section Proxy: what stands in front of the server.</summary>
internal sealed class ProxySettings
{
    /// <summary>Addresses and networks (10.0.0.0/8) of the proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public string[] Known { get; set; } = [];
}

/// <summary>Section Media: the WebRTC edge.</summary>
internal sealed class MediaSettings
{
    /// <summary>The one UDP port of all media; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int UdpPort { get; set; } = 8189;

    /// <summary>The TCP port for networks that let no UDP through; null: the UDP port's number, 0: any free one, -1: none.</summary>
    [Range(-1, 65535)]
    public int? TcpPort { get; set; }

    /// <summary>Addresses or names that cameras and browsers can reach, with commas between; null: this host's own addresses.</summary>
    public string? AnnounceAddress { get; set; }

    /// <summary>The server as others see it, such as https://xunke.example.cn; null: as each request names it.</summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>Viewers at once. Cameras are not counted: each room has a place of its own.</summary>
    [Range(1, 100_000)]
    public int MaxSessions { get; set; } = 4000;

    /// <summary>Viewers of one room at once.</summary>
    [Range(1, 100_000)]
    public int MaxViewersPerRoom { get; set; } = 200;
}

/// <summary>Section Cameras: when an RTSP camera that failed is tried again.</summary>
internal sealed class CameraSettings
{
    /// <summary>The longest wait after a fault that may pass by itself: the first is 1 s, and each further one doubles.</summary>
    [Range(1, 3600)]
    public int LongestRetrySeconds { get; set; } = 30;

    /// <summary>The wait after a fault that a person must mend, such as a wrong password: cameras lock out frequent guesses.</summary>
    [Range(1, 3600)]
    public int SettledRetrySeconds { get; set; } = 60;
}

/// <summary>Section Decoding: the worker processes.</summary>
internal sealed class DecodingSettings
{
    /// <summary>Worker processes; 0: one for every two cores, at least two so that one can fail alone.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }
}

/// <summary>Section Analysis: pose estimation.</summary>
internal sealed class AnalysisSettings
{
    /// <summary>Inference threads; 0: one for every core but one, at least one.</summary>
    [Range(0, 256)]
    public int Workers { get; set; }

    /// <summary>Where the converted models are kept; null: "models" in the data directory.</summary>
    public string? ModelDirectory { get; set; }
}

/// <summary>Section Live: what browsers are sent.</summary>
internal sealed class LiveSettings
{
    /// <summary>How often a connection looks for what has changed.</summary>
    [Range(10, 5000)]
    public int FlushMilliseconds { get; set; } = 100;

    /// <summary>The least time, on average, between two views of one room or of the district on one connection.</summary>
    [Range(0, 60_000)]
    public int SpacingMilliseconds { get; set; } = 900;

    /// <summary>A browser that has taken nothing for this long is disconnected.</summary>
    [Range(1, 600)]
    public int StallSeconds { get; set; } = 30;

    /// <summary>A visit ends when its page and its picture have both been gone for this long.</summary>
    [Range(1, 3600)]
    public int VisitGraceSeconds { get; set; } = 30;

    /// <summary>Visits that one account may have open at once.</summary>
    [Range(1, 10_000)]
    public int VisitsPerAccount { get; set; } = 40;
}

/// <summary>Section Metrics: who may read /metrics.</summary>
internal sealed class MetricsSettings
{
    /// <summary>Bearer token that opens /metrics to other hosts; null: only this host may read it.</summary>
    [MinLength(16)]
    public string? Token { get; set; }
}

/// <summary>Section Recording: who may record, and how much is kept. Nothing is recorded unless a person begins it.</summary>
internal sealed class RecordingSettings
{
    /// <summary>Where the files are kept; null: "recordings" in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>Whether somebody who visits a room may record the visit.</summary>
    public bool DuringVisits { get; set; } = true;

    /// <summary>Whether administrators, and principals in the own school, may record a lesson without visiting it.</summary>
    public bool Lessons { get; set; } = true;

    /// <summary>How long a lesson is recorded unless another length is asked for.</summary>
    [Range(1, 1440)]
    public int DefaultMinutes { get; set; } = 45;

    /// <summary>The longest recording.</summary>
    [Range(1, 1440)]
    public int LongestMinutes { get; set; } = 180;

    /// <summary>What all recordings of the district may take, in 10^9 bytes; the oldest are deleted first.</summary>
    [Range(0, 1_000_000)]
    public double BudgetGigabytes { get; set; } = 200;

    /// <summary>Administrators are alerted when less is free on the disk, in 10^9 bytes.</summary>
    [Range(0, 1_000_000)]
    public double AlertFreeGigabytes { get; set; } = 20;

    /// <summary>Recording stops when less is free on the disk, in 10^9 bytes.</summary>
    [Range(0, 1_000_000)]
    public double StopFreeGigabytes { get; set; } = 2;
}

/// <summary>Section Lessons: where a lesson begins and ends.</summary>
internal sealed class LessonSettings
{
    /// <summary>Whenever a class is seen.</summary>
    public const string Always = "always";

    /// <summary>Within planned lessons only.</summary>
    public const string ByTimetable = "timetable";

    /// <summary>
    /// When lessons begin: "always" when a class is seen, for pilots and demonstrations; "timetable" only within the lessons of the
    /// timetable and in after-school periods (without a day plan: within <see cref="Periods"/>), and the cameras' pictures are decoded
    /// and analysed only then, from a minute before.
    /// </summary>
    [AllowedValues(Always, ByTimetable)]
    public string When { get; set; } = Always;

    /// <summary>
    /// The periods of schools without a day plan, in the server's time of day, such as ["08:00-08:45", "08:55-09:40"].
    /// None: a lesson lasts as long as a class is seen.
    /// </summary>
    public string[] Periods { get; set; } = [];

    /// <summary>Shorter lessons are not kept.</summary>
    [Range(0, 1440)]
    public double ShortestMinutes { get; set; } = 5;

    /// <summary>Without periods, a lesson ends when the class has been gone for this long.</summary>
    [Range(0.05, 1440)]
    public double AwayMinutes { get; set; } = 5;

    /// <summary>Without periods, a lesson ends after this long even if the class is still there.</summary>
    [Range(1, 1440)]
    public double LongestMinutes { get; set; } = 60;

    /// <summary>
    /// For so many hours after a lesson only its teacher sees the snapshot, where the timetable knows one who has an account, and those
    /// who visited the lesson; 0: everybody at once.
    /// </summary>
    [Range(0, 720)]
    public double TeacherFirstHours { get; set; } = 24;

    /// <summary>The kinds of lessons (课型) that a teacher chooses from, with 、 or commas between them.</summary>
    public string Kinds { get; set; } = "新授、练习、复习、讲评、实验、体育、综合";

    /// <summary>The tags for parts that are cut out of a lesson (切片), with 、 or commas between them.</summary>
    public string SliceTags { get; set; } = "目标设定、导入、学习目标呈现、提问、小组合作、探究、生成处理、结构优化、板书、结尾";

    /// <summary>The words of a setting that is a list of them.</summary>
    public static string[] WordsOf(string list) =>
        list.Split(['、', ',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Whether to listen for who speaks, the teacher or pupils. Sound is never kept for it.</summary>
    public bool Listen { get; set; } = true;

    /// <summary>
    /// How often a still is made of a lesson, small and with heads pixelated, of which the moments of the snapshot keep one each; 0: none
    /// is made and none is kept.
    /// </summary>
    [Range(0, 600)]
    public double StillEverySeconds { get; set; } = 15;
}

/// <summary>Section Identity: how long a sign-in lasts, and how slow guessing is made.</summary>
internal sealed class IdentitySettings
{
    /// <summary>Hours without use after which a session ends.</summary>
    [Range(0.0002, 8760)]
    public double SessionIdleHours { get; set; } = 12;

    /// <summary>Hours after which a session ends in any case.</summary>
    [Range(0.0002, 8760)]
    public double SessionLongestHours { get; set; } = 168;

    /// <summary>Wrong passwords a minute from one address (IPv6: one /64), whatever the account; right ones do not count.</summary>
    [Range(1, 100_000)]
    public int LoginsPerMinute { get; set; } = 30;

    /// <summary>Wrong passwords for one name from one address after which it waits: 30 s, then twice as long each time.</summary>
    [Range(1, 100)]
    public int WrongGuesses { get; set; } = 5;

    /// <summary>The longest wait after wrong passwords.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 5;

    /// <summary>Administrators, of the district and of schools, must set up a second factor before they can do anything else.</summary>
    public bool AdministratorsNeedSecondFactor { get; set; }
}

/// <summary>Section Books: files to put on the books at the start.</summary>
internal sealed class BooksSettings
{
    /// <summary>CSV file of schools and rooms; null: none.</summary>
    public string? Schools { get; set; }

    /// <summary>CSV file of accounts; null: none.</summary>
    public string? Accounts { get; set; }
}

/// <summary>Section Demo: the made-up district.</summary>
internal sealed class DemoSettings
{
    /// <summary>Fills an empty database with the demo district and starts its cameras.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Gives the demo district classes, teachers and a timetable, where there is no timetable yet.</summary>
    public bool Timetable { get; set; } = true;

    /// <summary>Whether the simulated cameras publish.</summary>
    public bool Cameras { get; set; } = true;

    /// <summary>The password of the demo accounts; null: one made up for this data directory.</summary>
    [MinLength(10)]
    public string? Password { get; set; }

    /// <summary>Directory of the clips; null: "demo/clips" beside the program.</summary>
    public string? Clips { get; set; }
}
