namespace Xunke.Web.Books.Files;

/// <summary>What a file is by its content; its name may say anything.</summary>
internal enum FileKind
{
    /// <summary>No bytes at all.</summary>
    Empty,

    /// <summary>Text in some encoding.</summary>
    Text,

    /// <summary>A workbook of Excel 2007 or later.</summary>
    Xlsx,

    /// <summary>A binary workbook of Excel 2007 or later.</summary>
    Xlsb,

    /// <summary>A workbook of Excel 97 or WPS.</summary>
    Xls,

    /// <summary>A workbook with a password.</summary>
    Encrypted,

    /// <summary>A workbook of OpenOffice or LibreOffice.</summary>
    Ods,

    /// <summary>A Word or PowerPoint document.</summary>
    Document,

    /// <summary>Another archive of files.</summary>
    Zip,

    /// <summary>An archive that is not read.</summary>
    OtherArchive,

    /// <summary>A PDF.</summary>
    Pdf,

    /// <summary>A picture.</summary>
    Picture,

    /// <summary>A web page, also where its name ends with .xls.</summary>
    WebPage,

    /// <summary>XML.</summary>
    Xml,
}
