namespace Xunke.Analytics.Models;

/// <summary>A model could not be imported: its files are missing or damaged, it holds something the importer does not know, or the converted model does not compute what the original does.</summary>
public sealed class ModelImportException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, and what to do about it, in words for whoever runs the server.</param>
    /// <param name="inner">The fault beneath, if any.</param>
    public ModelImportException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
