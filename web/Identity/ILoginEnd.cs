namespace Xunke.Web.Identity;

/// <summary>What a feature ends with a session.</summary>
internal interface ILoginEnd
{
    /// <summary>Ends at once what is live and needs no record, such as pictures. It must not wait for the database.</summary>
    void Cut(string loginId);

    /// <summary>Ends what is on record. It is called again when it fails, and must then finish what is left.</summary>
    Task SettleAsync(string loginId);
}
