namespace Xunke.Analytics.Models;

/// <summary>A model could not be imported: it is missing, damaged or not understood, or the result differs from the original.</summary>
public sealed class ModelImportException : Exception
{
    public ModelImportException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
