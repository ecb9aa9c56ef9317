namespace Xunke.Actors.Forms;

/// <summary>A form (量表) by which lessons are observed or rooms are checked. What it asks is in its versions.</summary>
public sealed class Form
{
    /// <summary>Unguessable name.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is called among the forms that come with Xunke; null: the district has made it.</summary>
    public string? ShippedAs { get; init; }

    /// <summary>In Chinese; 2 to 40 characters.</summary>
    public required string Name { get; set; }

    /// <summary>In English; empty: as in Chinese.</summary>
    public required string NameEn { get; set; }

    /// <summary>What it is for.</summary>
    public required FormKind Kind { get; init; }

    /// <summary>The number of its newest version.</summary>
    public required int Version { get; set; }

    /// <summary>How often it was saved: who writes over a later one is told.</summary>
    public required int Revision { get; set; }

    /// <summary>When it was last saved.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Account of who saved it.</summary>
    public required string ChangedBy { get; set; }

    /// <summary>Since when nobody begins with it any more; null: it is in use.</summary>
    public DateTimeOffset? WithdrawnAt { get; set; }
}

/// <summary>One version of a form. Once it was used it never changes: the next edit makes the next version.</summary>
public sealed class FormVersion
{
    /// <summary>The form.</summary>
    public required Guid FormId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>What it asks.</summary>
    public required FormContent Content { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When somebody first filled it in; null: nobody has.</summary>
    public DateTimeOffset? UsedAt { get; set; }
}
