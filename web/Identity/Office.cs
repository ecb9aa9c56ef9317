using System.Globalization;
using Xunke.Actors.Identity;

namespace Xunke.Web.Identity;

/// <summary>Where a day lies in an account's period of office.</summary>
internal enum OfficeState
{
    /// <summary>In it, or there is none.</summary>
    Held,

    /// <summary>Before it.</summary>
    NotBegun,

    /// <summary>After it.</summary>
    Over,
}

/// <summary>From which day to which an account can sign in; both days count, by the server's clock.</summary>
internal static class Office
{
    /// <summary>Today at the server.</summary>
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetLocalNow().DateTime);

    /// <summary>Where a day lies.</summary>
    public static OfficeState Of(DateOnly? from, DateOnly? until, DateOnly day) =>
        day < from ? OfficeState.NotBegun : day > until ? OfficeState.Over : OfficeState.Held;

    /// <summary>Where a day lies in an account's period.</summary>
    public static OfficeState Of(Account account, DateOnly day) => Of(account.OfficeFrom, account.OfficeUntil, day);

    /// <summary>The same by what the columns say. What cannot be read as a day, written there by hand, was meant to end it.</summary>
    public static OfficeState Of(string? from, string? until, DateOnly day) =>
        !TryRead(from, out DateOnly? first) || !TryRead(until, out DateOnly? last) ? OfficeState.Over : Of(first, last, day);

    /// <summary>A day as a column says it; null where it says none that can be read.</summary>
    public static DateOnly? Read(string? text) => TryRead(text, out DateOnly? day) ? day : null;

    private static bool TryRead(string? text, out DateOnly? day)
    {
        bool isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly read);
        day = isDay ? read : null;
        return isDay || text is null;
    }
}
