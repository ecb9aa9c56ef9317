namespace Xunke.Web.Identity;

/// <summary>How far a permission reaches.</summary>
internal enum Reach
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>What the caller began.</summary>
    Own,

    /// <summary>The caller's school.</summary>
    School,

    /// <summary>The schools that the caller is limited to.</summary>
    Schools,

    /// <summary>Every school.</summary>
    District,
}
