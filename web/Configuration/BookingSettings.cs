using System.ComponentModel.DataAnnotations;

namespace Xunke.Web.Configuration;

/// <summary>Section Bookings: when recording rooms are booked.</summary>
internal sealed class BookingSettings
{
    /// <summary>How many days ahead a recording room must be booked; 0: on the same day, before the period begins.</summary>
    [Range(0, 30)]
    public int DaysAhead { get; set; } = 1;

    /// <summary>How many days ahead it can be booked.</summary>
    [Range(1, 366)]
    public int MostDaysAhead { get; set; } = 120;

    /// <summary>The first and the last date that can be booked.</summary>
    public (DateOnly First, DateOnly Last) DatesFrom(DateOnly today) =>
        (today.AddDays(DaysAhead), today.AddDays(Math.Max(DaysAhead, MostDaysAhead)));
}
