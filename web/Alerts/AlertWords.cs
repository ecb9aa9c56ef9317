namespace Xunke.Web.Alerts;

/// <summary>Reads the words of addresses as the API writes them: roomEmpty for RoomEmpty.</summary>
internal static class AlertWords
{
    /// <summary>Reads a word; none is null.</summary>
    /// <returns>False: it is none of the enumeration's.</returns>
    public static bool TryRead<TEnum>(string? word, out TEnum? value)
        where TEnum : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(word))
        {
            return true;
        }

        // Numbers are no words.
        if (!char.IsAsciiLetter(word[0]) || !Enum.TryParse(word, ignoreCase: true, out TEnum read) || !Enum.IsDefined(read))
        {
            return false;
        }

        value = read;
        return true;
    }
}
