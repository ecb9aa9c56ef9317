namespace Xunke.Web.Books.Imports;

/// <summary>A file that somebody is about to import. Nothing of it is on record yet.</summary>
internal interface IImportDraft
{
    /// <summary>Its unguessable name.</summary>
    Guid Id { get; }

    /// <summary>Whose it is; nobody else finds it.</summary>
    string UserName { get; }

    /// <summary>The school that it is for; null: the district.</summary>
    string? SchoolId { get; }

    /// <summary>When it was sent.</summary>
    DateTimeOffset At { get; }
}
