namespace Xunke.Web.Books;

/// <summary>A file cannot be read at all. The message says why and what to do, in Chinese and English.</summary>
internal sealed class FileRefusedException(string message, Exception? inner = null) : Exception(message, inner);
